import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boxStl } from '../../e2e/models'
import { runLine } from './test-terminal'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bgcode-'))
  writeFileSync(join(folder, 'box.stl'), boxStl(20, 20, 4))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('binary G-code at the terminal', () => {
  it('is written when the output is called so, and tells the same as its text', async () => {
    for (const output of ['box.gcode', 'box.bgcode']) expect((await runLine(['slice', 'box.stl', '-o', output, '--machine', 'prusa-mk3s', '--json'], { cwd: folder })).code).toBe(0)
    expect(readFileSync(join(folder, 'box.bgcode')).subarray(0, 4).toString('latin1')).toBe('GCDE')
    expect(statSync(join(folder, 'box.bgcode')).size).toBeLessThan(0.6 * statSync(join(folder, 'box.gcode')).size)
    const [text, binary] = await Promise.all(['box.gcode', 'box.bgcode'].map(async (name) => JSON.parse((await runLine(['inspect', name, '--json'], { cwd: folder })).out) as Record<string, unknown>))
    for (const key of ['layers', 'moves', 'timeS', 'filamentMm', 'hotendC', 'box', 'byRole']) expect(binary![key]).toEqual(text![key])
  })

  it('is refused with the block when it is damaged', async () => {
    await runLine(['slice', 'box.stl', '-o', 'box.bgcode', '--json'], { cwd: folder })
    const bytes = readFileSync(join(folder, 'box.bgcode'))
    writeFileSync(join(folder, 'broken.bgcode'), bytes.subarray(0, bytes.length - 10))
    const { code, out } = await runLine(['inspect', 'broken.bgcode', '--json'], { cwd: folder })
    expect([code, (JSON.parse(out) as { problems: { code: string }[] }).problems[0]!.code]).toEqual([1, 'gcode/bgcode-damaged'])
  })
})
