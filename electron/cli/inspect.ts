import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseOptions } from './parse-options'
import { fail, UsageError, type Command, type CommandResult } from './terminal'

const GCODE_NAME = /\.(gcode|gco|g|nc|bgcode)$/i

export const inspectCommand: Command = {
  help: {
    en: `Usage: gongbang inspect FILE [--json]

Tells what is in a file.
  Model (stl, obj, 3mf, ply): size, volume, triangles, whether it is watertight,
  what is wrong with it and what a repair would do.
  G-code (gcode, bgcode, gco, g, nc): layers, time, filament, heat, by type of line.`,
    ko: `사용법: gongbang inspect 파일 [--json]

파일의 내용을 알려 줍니다.
  모델(stl, obj, 3mf, ply): 크기, 부피, 삼각형 수, 밀폐 여부, 문제점과 수리 방법
  G-code(gcode, bgcode, gco, g, nc): 레이어, 시간, 필라멘트, 온도, 선 종류별 내역`,
  },
  async run(args, terminal): Promise<CommandResult> {
    const { positionals } = parseOptions(args, {})
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) throw new UsageError(terminal.language === 'ko' ? '살펴볼 파일 하나를 지정하세요.' : 'Name one file to inspect.')
    const path = resolve(terminal.cwd, name)
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => fail('cli/unreadable', `${name} can't be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`, { path }))
    if (GCODE_NAME.test(name)) return (await import('./inspect-gcode')).inspectGcode(bytes, basename(path), terminal.language)
    return (await import('./inspect-model')).inspectModel(bytes, basename(path), terminal)
  },
}
