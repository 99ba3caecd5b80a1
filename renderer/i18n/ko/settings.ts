import type { settings as english } from '../en/settings'

export const settings: Record<keyof typeof english, string> = {
  'settings.look': '언어와 화면 색',
  'settings.profiles': '장비, 재료, 품질 프로필',
  'settings.doctor': '이 컴퓨터',
  'settings.doctor.again': '다시 점검',
  'settings.doctor.ok': '정상',
  'settings.doctor.warning': '주의',
  'settings.doctor.missing': '없음',
  'settings.doctor.unknown': '알 수 없음',
  'settings.storage': '이 창의 라이브러리',
  'settings.storage.text': '라이브러리는 스튜디오가 이 컴퓨터에 안전하게 보관하고, 이 창은 빠르게 보여 주려고 사본을 둡니다. 브라우저가 사본을 지워도 저절로 돌아옵니다.',
  'settings.storage.used': '{size} 사용 중',
  'settings.storage.persistent': '브라우저가 지우지 않음',
  'settings.storage.clearable': '브라우저가 지울 수 있음',
  'settings.storage.persist': '지우지 않게 하기',
  'settings.about': '정보',
  'settings.about.text': '공방은 계정도 인터넷도 없이, 디자인부터 이 컴퓨터에 연결한 장비로 만드는 일까지 한곳에서 하는 프로그램입니다.',
  'settings.about.licence': 'Apache License 2.0으로 공개된 오픈소스입니다.',
  'settings.door.electron': '데스크톱 앱',
  'settings.door.host': '브라우저',
}
