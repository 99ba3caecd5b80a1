import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boxStl } from '../../e2e/models'
import { fakeEngine } from '../services/engines/fake-engine'
import { runLine } from './test-terminal'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slice-engine-'))
  writeFileSync(join(folder, 'box.stl'), boxStl(20, 20, 0.4))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function slice(...args: readonly string[]) {
  return runLine(['slice', 'box.stl', '-o', 'box.gcode', ...args, '--json'], { cwd: folder })
}

describe('slice with another engine', () => {
  it('writes what the engine made, and tells which settings it has nothing for', async () => {
    const { code, out, told } = await slice('--engine', 'prusaslicer', '--engine-path', fakeEngine(folder, 'slices'), '--set', 'scarfSeamMm=5')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ok: true, layers: 2 })
    expect(told.join('\n')).toContain('scarfSeamMm')
    expect(readFileSync(join(folder, 'box.gcode'), 'utf8')).toContain(';TYPE:External perimeter')
  })

  it('fails with the words of the engine and leaves no file', async () => {
    const { code, out } = await slice('--engine', 'prusaslicer', '--engine-path', fakeEngine(folder, 'fails'))
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ code: 'engine/failed', message: expect.stringContaining('taller than the maximum') }] })
    expect(existsSync(join(folder, 'box.gcode'))).toBe(false)
  })

  it('refuses a name that is no engine', async () => {
    expect((await slice('--engine', 'word-processor')).code).toBe(2)
  })

  it('says so when the engine is not there', async () => {
    const { code, out } = await slice('--engine', 'orcaslicer', '--engine-path', 'nowhere')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ problems: [{ code: 'engine/not-found' }] })
  })
})
