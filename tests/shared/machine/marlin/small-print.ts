/** A small print with everything that a file has: heat, homing, comments, filament by relative lengths. */
export function smallPrint(moves: number): string {
  const lines = ['; a small print', 'M140 S60', 'M104 S200', 'G28 ; home', 'M190 S60', 'M109 S200', 'G21', 'G90', 'M83', 'G92 E0', 'G1 Z0.2 F600', '']
  for (let i = 0; i < moves; i++) lines.push(`G1 X${(50 + 40 * Math.cos(i / 3)).toFixed(3)} Y${(60 + 40 * Math.sin(i / 3)).toFixed(3)} E0.25 F1800`)
  return [...lines, 'M104 S0', 'M140 S0', 'M107', 'G1 Z10 F600', 'M84', ''].join('\n')
}

/** A print of several layers, each a zigzag of so many lines. */
export function longPrint(layers: number, linesEach: number): string {
  const lines = ['M140 S60', 'M104 S210', 'G28', 'M190 S60', 'M109 S210', 'G92 E0', 'M82']
  let e = 0
  for (let layer = 0; layer < layers; layer++) {
    const z = Math.round(20 * (layer + 1)) / 100
    lines.push(`;LAYER:${layer}`, `G0 Z${z} F600`, 'G0 X20 Y20 F9000')
    for (let i = 0; i < linesEach; i++) {
      e += 0.05
      lines.push(`G1 X${i % 2 === 0 ? 60 : 20} Y${Math.round(100 * (20 + (40 * i) / linesEach)) / 100} E${e.toFixed(4)} F3000`)
    }
  }
  lines.push('M104 S0', 'M140 S0', '')
  return lines.join('\n')
}
