import type { PlannedIsland } from '../planned-layer'

/** An island's lines by the modifiers they lie in, what lies in none first. */
export function partsByVariant(island: PlannedIsland): { readonly variant: number; readonly part: PlannedIsland }[] {
  const { walls, thinLines, fills } = island
  const variants = new Set([...walls, ...thinLines, ...fills].map(({ variant = 0 }) => variant))
  if (variants.size <= 1) return [{ variant: [...variants][0] ?? 0, part: island }]
  return [...variants].toSorted((a, b) => a - b).map((wanted) => {
    const isOwn = ({ variant = 0 }: { readonly variant?: number }) => variant === wanted
    return { variant: wanted, part: { ...island, walls: walls.filter(isOwn), thinLines: thinLines.filter(isOwn), fills: fills.filter(isOwn) } }
  })
}
