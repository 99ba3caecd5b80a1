import { COMMANDS } from './commands'
import type { Language } from './terminal'

/** The help of `gongbang` itself. */
export function overview(language: Language, version: string): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary[language]}`)
  const [usage, more, codes] =
    language === 'ko'
      ? ['사용법: gongbang <명령> [옵션]', '명령별 도움말: gongbang <명령> --help. --json을 붙이면 결과를 JSON 하나로 출력합니다.', '종료 코드: 0 성공, 1 실패, 2 잘못된 사용, 130 중단']
      : ['Usage: gongbang <command> [options]', 'Help for a command: gongbang <command> --help. With --json the result is one JSON object.', 'Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted']
  return [`Gongbang Studio ${version}`, '', usage, '', ...lines, '', more, codes].join('\n')
}
