import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boxStl } from '../../e2e/models'
import { runLine } from './test-terminal'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'post-'))
  writeFileSync(join(folder, 'box.stl'), boxStl(10, 10, 1))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Slices with a program of the user's that is given the file's path. */
function slice(script: string) {
  writeFileSync(join(folder, 'my script.cjs'), `const fs = require('node:fs'); const path = process.argv.at(-1); const gcode = fs.readFileSync(path, 'utf8'); ${script}`)
  return runLine(['slice', 'box.stl', '-o', 'box.gcode', '--post', `"${process.execPath}" "my script.cjs"`, '--json'], { cwd: folder })
}

describe('a program of the user’s after slicing', () => {
  it('changes the G-code, which is checked again', async () => {
    const { code } = await slice(`fs.writeFileSync(${JSON.stringify(join(folder, 'where'))}, path); fs.writeFileSync(path, gcode.replace(/^;LAYER:1$/m, ';LAYER:1\\nM117 Layer one'))`)
    expect(code).toBe(0)
    expect(readFileSync(join(folder, 'box.gcode'), 'utf8')).toContain(';LAYER:1\nM117 Layer one\n')
    expect(existsSync(readFileSync(join(folder, 'where'), 'utf8'))).toBe(false)
  })

  it.each([
    ['it fails', `console.error('no such filament'); process.exit(2)`, 'post/failed'],
    ['it leaves nothing', `fs.writeFileSync(path, '')`, 'post/empty'],
    ['it sends the machine out of its volume', `fs.writeFileSync(path, gcode + 'G1 X9000\\n')`, 'gcode/outside-volume'],
  ])('leaves no file when %s', async (_what, script, problem) => {
    const { code, out } = await slice(script)
    expect([code, (JSON.parse(out) as { problems: { code: string }[] }).problems[0]!.code]).toEqual([1, problem])
    expect(existsSync(join(folder, 'box.gcode'))).toBe(false)
  })
})
