import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a fake engine does after it has told its version. */
export type FakeDeed = 'slices' | 'fails' | 'leaves nothing' | 'never ends' | 'refuses to end'

const DEEDS: Readonly<Record<FakeDeed, string>> = {
  slices: `
const fs = require('node:fs')
const ini = Object.fromEntries(fs.readFileSync('print.ini', 'utf8').split('\\n').filter((line) => line.includes(' = ')).map((line) => [line.slice(0, line.indexOf(' = ')), line.slice(line.indexOf(' = ') + 3)]))
const lines = (key) => ini[key].replaceAll('\\\\n', '\\n')
console.log('10 => Processing triangulated mesh'); console.log('20 => Generating perimeters'); console.log('90 => Exporting G-code')
const e = (i) => (i * 0.5).toFixed(5)
const square = (z, i) => ';LAYER_CHANGE\\n;Z:' + z + '\\n;HEIGHT:0.2\\nG1 Z' + z + ' F7800\\nG1 X100 Y100\\n;TYPE:External perimeter\\n;WIDTH:0.42\\nG1 F1200\\n' + [[120, 100], [120, 120], [100, 120], [100, 100]].map(([x, y], k) => 'G1 X' + x + ' Y' + y + ' E' + e(4 * i + k + 1)).join('\\n')
fs.writeFileSync(process.argv[process.argv.indexOf('--output') + 1], [lines('start_gcode'), 'M82', 'G92 E0', square(0.2, 0), square(0.4, 1), lines('end_gcode')].join('\\n') + '\\n')`,
  fails: `console.log('10 => Processing triangulated mesh'); console.error('[error] The print is taller than the maximum allowed height.'); process.exit(3)`,
  'leaves nothing': `console.error('No layers were generated: the object is empty.')`,
  'never ends': `console.log('10 => Processing triangulated mesh'); require('node:fs').writeFileSync(process.env.HOME + '/running', process.cwd()); setInterval(() => undefined, 1000)`,
  'refuses to end': `process.on('SIGTERM', () => console.log('no')); require('node:fs').writeFileSync(process.env.HOME + '/running', process.cwd()); setInterval(() => undefined, 1000)`,
}

/** Writes a real program that speaks as PrusaSlicer does, and gives its path. */
export function fakeEngine(folder: string, deed: FakeDeed, says = 'PrusaSlicer-2.9.4+linux based on Slic3r'): string {
  const path = join(folder, 'prusa-slicer')
  writeFileSync(path, `#!${process.execPath}\nif (process.argv.includes('--help')) { console.log(${JSON.stringify(says)}); process.exit(0) }\n${DEEDS[deed]}\n`)
  chmodSync(path, 0o755)
  return path
}
