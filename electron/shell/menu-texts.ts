/** Words of the native menu and dialogs; the window's own texts are in renderer/i18n, which Electron's side can't read. */
const ENGLISH = {
  file: 'File',
  import: 'Import model…',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  commands: 'All commands…',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  zoomReset: 'Normal size',
  fullScreen: 'Full screen',
  developer: 'Developer tools',
  go: 'Go',
  start: 'Start',
  library: 'Library',
  prepare: 'Prepare',
  preview: 'Preview',
  machines: 'Machines',
  jobs: 'Jobs',
  profiles: 'Profiles',
  settings: 'Settings',
  window: 'Window',
  minimize: 'Minimize',
  close: 'Close window',
  quit: 'Quit',
  jobRunningTitle: 'A job is running',
  jobRunningDetail: 'This app feeds the machine. If you close it now, the job stops where it is.',
  keepOpen: 'Keep printing',
  closeAnyway: 'Close and stop the job',
  startFailed: 'Gongbang Studio could not start',
} as const

export type MenuTexts = Readonly<Record<keyof typeof ENGLISH, string>>

const KOREAN: MenuTexts = {
  file: '파일',
  import: '모델 가져오기…',
  edit: '편집',
  undo: '실행 취소',
  redo: '다시 실행',
  cut: '잘라내기',
  copy: '복사',
  paste: '붙여넣기',
  selectAll: '모두 선택',
  view: '보기',
  commands: '모든 명령…',
  zoomIn: '크게',
  zoomOut: '작게',
  zoomReset: '원래 크기',
  fullScreen: '전체 화면',
  developer: '개발자 도구',
  go: '이동',
  start: '시작',
  library: '라이브러리',
  prepare: '준비',
  preview: '미리보기',
  machines: '장비',
  jobs: '작업',
  profiles: '프로필',
  settings: '설정',
  window: '창',
  minimize: '최소화',
  close: '창 닫기',
  quit: '종료',
  jobRunningTitle: '진행 중인 작업이 있습니다',
  jobRunningDetail: '이 앱이 장비로 데이터를 보내고 있습니다. 지금 닫으면 작업이 그 자리에서 멈춥니다.',
  keepOpen: '계속 출력',
  closeAnyway: '닫고 작업 중지',
  startFailed: '공방 스튜디오를 시작하지 못했습니다',
}

export type MenuLanguage = 'en' | 'ko'

/** The words of a language. */
export function menuTexts(language: MenuLanguage): MenuTexts {
  return language === 'ko' ? KOREAN : ENGLISH
}

/** The language of a system locale such as `ko-KR`; English for all that we don't speak. */
export function menuLanguage(locale: string): MenuLanguage {
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}
