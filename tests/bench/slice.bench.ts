import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const MODELS = '/work/shared/models'
const PEERS = '/work/shared/peers/slice-peers.sh'
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
  readonly bytes: number
}

/** Slices with the built terminal: STL bytes to G-code bytes on disk, in a process of its own. */
function sliceOurs(model: string): { row: Record<string, unknown>; layers: number } {
  const startedMs = performance.now()
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', USAGE, join(root, 'dist/node/cli.js'), 'slice', join(MODELS, model), '-o', join(folder, `${model}.gcode`), '--set', 'skirtLines=0', '--volume', '250x250x250', '--json'], { encoding: 'utf8', maxBuffer: 1e8 })
  const wallS = (performance.now() - startedMs) / 1000
  if (status !== 0) throw new Error(`${model}: ${stderr}`)
  const made = JSON.parse(stdout) as Sliced
  const usage = JSON.parse(/^USAGE (.*)$/m.exec(stderr)?.[1] ?? '{}') as { cpuS: number; peakMb: number }
  return {
    layers: made.layers,
    row: { slicer: 'Gongbang', 'wall s': wallS.toFixed(2), 'CPU s': usage.cpuS.toFixed(2), 'peak MB': usage.peakMb.toFixed(0), layers: made.layers, 'cm³': made.filamentCm3.toFixed(2), 'extruded m': (made.extrusionMm / 1000).toFixed(1), 'travel m': (made.travelMm / 1000).toFixed(1), retractions: made.retractions, 'print min': (made.timeS / 60).toFixed(0), MB: (made.bytes / 1e6).toFixed(1) },
  }
}

/** The same model by the slicers that are installed, with the common settings of the peers' script. */
function slicePeers(model: string): Record<string, unknown>[] {
  const has = (program: string) => spawnSync('which', [program]).status === 0
  const tools = [...(has('prusa-slicer') ? ['prusa', 'prusa-classic'] : []), ...(has('CuraEngine') ? ['cura'] : [])]
  if (tools.length === 0 || !existsSync(PEERS)) return []
  const { stdout } = spawnSync('bash', [PEERS, join(MODELS, model), folder, tools.join(), '1'], { encoding: 'utf8', maxBuffer: 1e8 })
  return stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => {
    const row = JSON.parse(line) as Record<string, number | string>
    return { slicer: row['tool'], 'wall s': row['wall_s'], 'CPU s': row['cpu_s'], 'peak MB': row['peak_MB'], layers: row['layers'], 'cm³': row['filament_cm3'], 'extruded m': row['ext_m'], 'travel m': row['travel_m'], retractions: row['retractions'], 'print min': (Number(row['move_time_s']) / 60).toFixed(0), MB: (Number(row['bytes']) / 1e6).toFixed(1) }
  })
}

describe.skipIf(!existsSync(MODELS))(`slicing on ${availableParallelism()} cores`, () => {
  it.each([['cube_20mm.stl', 100], ['3DBenchy.stl', 240], ['Bearing.stl', 75], ['multipletextures.stl', 498]])('%s', (model, layers) => {
    const build = spawnSync(process.execPath, [join(root, 'build/build.mjs'), 'node'], { encoding: 'utf8' })
    expect(build.status, build.stderr).toBe(0)
    const ours = sliceOurs(model)
    console.log(basename(model))
    console.table([ours.row, ...slicePeers(model)])
    expect(ours.layers).toBe(layers)
  })
})
