import type { BothLanguages, Command } from './terminal'

interface CommandEntry {
  readonly summary: BothLanguages
  /** Each command loads what it needs when it runs, so that help is there at once. */
  readonly load: () => Promise<Command>
}

/** What `gongbang` can do; the order is that of the overview. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  slice: { summary: { en: 'make G-code of model files', ko: '모델 파일을 G-code로 슬라이싱' }, load: async () => (await import('./slice')).sliceCommand },
  inspect: { summary: { en: 'tell what is in a model or G-code file', ko: '모델 또는 G-code 파일의 내용 살펴보기' }, load: async () => (await import('./inspect')).inspectCommand },
  print: { summary: { en: 'print a G-code file on a machine', ko: 'G-code 파일을 장비에서 출력' }, load: async () => (await import('./print')).printCommand },
  machines: { summary: { en: 'list ports and machines', ko: '포트와 장비 목록' }, load: async () => (await import('./machines')).machinesCommand },
  connect: { summary: { en: 'connect a machine and tell what it says of itself', ko: '장비에 연결해 정보 보기' }, load: async () => (await import('./connect')).connectCommand },
  send: { summary: { en: 'send lines to a machine and print the answers', ko: '장비에 줄을 보내고 응답 보기' }, load: async () => (await import('./send')).sendCommand },
  stream: { summary: { en: 'send a G-code file to a printer, laser or mill', ko: 'G-code 파일을 프린터, 레이저, CNC에 보내기' }, load: async () => (await import('./stream')).streamCommand },
  console: { summary: { en: 'talk with a machine line by line', ko: '장비와 한 줄씩 대화' }, load: async () => (await import('./console')).consoleCommand },
  serve: { summary: { en: 'serve the studio to a browser', ko: '브라우저에서 쓰도록 스튜디오 실행' }, load: async () => (await import('./serve')).serveCommand },
  doctor: { summary: { en: 'tell what this computer has and lacks', ko: '이 컴퓨터에 필요한 것이 있는지 점검' }, load: async () => (await import('./doctor')).doctorCommand },
}

/** The commands' names, for messages. */
export function commandNames(): string {
  return Object.keys(COMMANDS).join(', ')
}
