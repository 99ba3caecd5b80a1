/** A small print with everything that a file has: heat, homing, comments, filament by relative lengths. */
export function smallPrint(moves: number): string {
  const lines = ['; a small print', 'M140 S60', 'M104 S200', 'G28 ; home', 'M190 S60', 'M109 S200', 'G21', 'G90', 'M83', 'G92 E0', 'G1 Z0.2 F600', '']
  for (let i = 0; i < moves; i++) lines.push(`G1 X${(50 + 40 * Math.cos(i / 3)).toFixed(3)} Y${(60 + 40 * Math.sin(i / 3)).toFixed(3)} E0.25 F1800`)
  return [...lines, 'M104 S0', 'M140 S0', 'M107', 'G1 Z10 F600', 'M84', ''].join('\n')
}
