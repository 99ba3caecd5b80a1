import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { workshopPath } from '../workshop-folder'

const MODELS = workshopPath('models')
const PEERS = workshopPath('peers/slice-peers.sh')
const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'slice-bench-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Prints what a process used, when it ends; all its threads are in it. */
const USAGE = `data:text/javascript,process.on('exit', () => { const u = process.resourceUsage(); process.stderr.write('USAGE ' + JSON.stringify({ cpuS: (u.userCPUTime + u.systemCPUTime) / 1e6, peakMb: u.maxRSS / 1024 }) + '\\n') })`

interface Sliced {
  readonly layers: number
  readonly filamentCm3: number
  readonly extrusionMm: number
  readonly travelMm: number
  readonly retractions: number
  readonly timeS: number
}

/** What one slicer took and made; medians of its runs. */
interface Figures {
  readonly slicer: string
  readonly wallS: number
  readonly cpuS: number
  readonly peakMb: number
  readonly layers: number
  readonly lines: number
  readonly filamentCm3: number
  readonly extrudedM: number
  readonly travelM: number
  readonly retractions: number
  readonly printMin: number
}

/** Slices with the built terminal: STL bytes to G-code bytes on disk, in a process of its own. */
function sliceOurs(model: string, runs: number): Figures {
  const gcode = join(folder, `${model}.gcode`)
  const taken = Array.from({ length: runs }, () => {
    const startedMs = performance.now()
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', USAGE, join(root, 'dist/node/cli.js'), 'slice', join(MODELS, model), '-o', gcode, '--set', 'skirtLines=0', '--volume', '250x250x250', '--json'], { encoding: 'utf8', maxBuffer: 1e8 })
    const wallS = (performance.now() - startedMs) / 1000
    if (status !== 0) throw new Error(`${model}: ${stderr}`)
    return { wallS, made: JSON.parse(stdout) as Sliced, ...(JSON.parse(/^USAGE (.*)$/m.exec(stderr)?.[1] ?? '{}') as { cpuS: number; peakMb: number }) }
  })
  const { made } = taken[0]
  return {
    slicer: 'Gongbang',
    wallS: median(taken.map(({ wallS }) => wallS)),
    cpuS: median(taken.map(({ cpuS }) => cpuS)),
    peakMb: median(taken.map(({ peakMb }) => peakMb)),
    layers: made.layers,
    lines: readFileSync(gcode).reduce((count, byte) => (byte === 10 ? count + 1 : count), 0),
    filamentCm3: made.filamentCm3,
    extrudedM: made.extrusionMm / 1000,
    travelM: made.travelMm / 1000,
    retractions: made.retractions,
    printMin: made.timeS / 60,
  }
}

/** The same model by the slicers that are installed, with the common settings of the peers' script. */
function slicePeers(model: string, runs: number): Figures[] {
  const has = (program: string) => spawnSync('which', [program]).status === 0
  const tools = [...(has('prusa-slicer') ? ['prusa', 'prusa-classic'] : []), ...(has('CuraEngine') ? ['cura'] : [])]
  if (tools.length === 0 || !existsSync(PEERS)) return []
  const { stdout } = spawnSync('bash', [PEERS, join(MODELS, model), folder, tools.join(), String(runs)], { encoding: 'utf8', maxBuffer: 1e8 })
  return stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => {
    const row = JSON.parse(line) as Record<string, unknown>
    const number = (key: string) => Number(row[key] ?? NaN)
    return {
      slicer: String(row['tool']), wallS: number('wall_s'), cpuS: number('cpu_s'), peakMb: number('peak_MB'), layers: number('layers'), lines: number('lines'),
      filamentCm3: number('filament_cm3'), extrudedM: number('ext_m'), travelM: number('travel_m'), retractions: number('retractions'), printMin: number('move_time_s') / 60,
    }
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** A row of the table, and behind what we can be compared in, our part of the other's figure: 0.50 is half of it. */
function rowOf(figures: Figures, ours: Figures): Record<string, string | number> {
  const beside = (key: 'wallS' | 'cpuS' | 'peakMb' | 'lines' | 'filamentCm3' | 'travelM' | 'retractions', digits: number) => {
    const text = figures[key].toFixed(digits)
    return figures === ours ? text : `${text} (${(ours[key] / figures[key]).toFixed(2)})`
  }
  return {
    slicer: figures.slicer, 'wall s': beside('wallS', 2), 'CPU s': beside('cpuS', 2), 'peak MB': beside('peakMb', 0), layers: figures.layers, lines: beside('lines', 0),
    'cm³': beside('filamentCm3', 2), 'extruded m': figures.extrudedM.toFixed(1), 'travel m': beside('travelM', 1), retractions: beside('retractions', 0), 'print min': figures.printMin.toFixed(0),
  }
}

describe.skipIf(!existsSync(MODELS))(`slicing on ${availableParallelism()} cores`, () => {
  it.each([['cube_20mm.stl', 100, 5], ['3DBenchy.stl', 240, 3], ['Bearing.stl', 75, 3], ['multipletextures.stl', 498, 1]])('%s', (model, layers, runs) => {
    const build = spawnSync(process.execPath, [join(root, 'build/build.mjs'), 'node'], { encoding: 'utf8' })
    expect(build.status, build.stderr).toBe(0)
    const ours = sliceOurs(model, runs)
    console.log(`${basename(model)}: median of ${runs}, in brackets ours over theirs; load of the machine ${loadavg()[0]?.toFixed(1)}`)
    console.table([ours, ...slicePeers(model, runs)].map((figures) => rowOf(figures, ours)))
    expect(ours.layers).toBe(layers)
  })
})
