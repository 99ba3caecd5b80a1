import type { problemsMachine as english } from '../en/problems-machine'

export const problemsMachine: Record<keyof typeof english, string> = {
  'problem.machine/port-busy': '다른 프로그램이 {port} 포트를 쓰고 있어요.',
  'problem.machine/port-busy.remedy': '다른 프로그램(Cura, Arduino IDE, ModemManager, brltty 등)을 닫고 다시 연결해 주세요.',
  'problem.machine/no-permission': '{port} 포트를 열 권한이 없어요.',
  'problem.machine/no-permission.remedy': 'Linux에서는 “sudo usermod -aG dialout $USER”를 실행하고 로그아웃했다가 다시 로그인한 뒤 연결해 주세요.',
  'problem.machine/port-gone': '{port} 포트가 없어요.',
  'problem.machine/port-gone.remedy': '장비의 전원과 케이블을 확인하고 다시 연결해 주세요.',
  'problem.machine/not-a-port': '{port}은(는) 시리얼 포트가 아니에요.',
  'problem.machine/not-a-port.remedy': '이 장비에 다른 포트를 선택해 주세요.',
  'problem.machine/port-failed': '{port} 포트를 열 수 없어요: {detail}',
  'problem.machine/port-failed.remedy': '케이블을 뽑았다가 다시 꽂고 연결해 주세요.',
}
