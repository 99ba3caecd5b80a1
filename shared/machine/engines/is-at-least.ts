/** Whether a version (major, minor) is at least another; an unknown one is taken as the newest. */
export function isAtLeast(version: readonly [number, number] | undefined, [major, minor]: readonly [number, number]): boolean {
  return version === undefined || version[0] > major || (version[0] === major && version[1] >= minor)
}
