import type { BothLanguages } from './terminal'

export const PRINT_HELP: BothLanguages = {
  en: `Usage: gongbang print FILE.gcode [--machine NAME | --port PATH] [options]

Prints a G-code file and waits for its end. Ctrl-C cancels cleanly: heaters and
fan off, nozzle lifted, motors off. While a studio has the library open, the job
runs there: its window shows it, and its history keeps it.

  --machine NAME     a remembered machine, or "virtual" (the default): the
                     built-in virtual printer, which needs no hardware
  --port PATH        a serial port, e.g. /dev/ttyUSB0 or COM3
  --baud N           baud rate; found out unless given
  --profile ID       kind of machine at --port or of the virtual printer; unless
                     given, the one that the file was made for
  --time-scale N     virtual printer only: 1 (real speed) to 10000
  --continue         answers every question of the machine with Continue
  --json             one JSON object; with the virtual printer its own account of
                     what it received and made, and whether that agrees with the file

Exit code 0: printed (and the account agrees). 1: failed. 130: cancelled.`,
  ko: `사용법: gongbang print 파일.gcode [--machine 이름 | --port 경로] [옵션]

G-code 파일을 출력하고 끝날 때까지 기다립니다. Ctrl-C를 누르면 안전하게 취소합니다
(히터와 팬 끄기, 노즐 올리기, 모터 끄기). 스튜디오가 라이브러리를 열어 두었으면 작업은
그 스튜디오에서 실행되어 창에 보이고 이력에 남습니다.

  --machine 이름     등록한 장비, 또는 "virtual"(기본값): 하드웨어 없이 쓰는 가상 프린터
  --port 경로        시리얼 포트, 예: /dev/ttyUSB0, COM3
  --baud N           통신 속도; 지정하지 않으면 자동으로 찾음
  --profile ID       --port 또는 가상 프린터의 장비 프로필; 지정하지 않으면 파일이 만들어진 장비
  --time-scale N     가상 프린터 전용: 1(실제 속도)~10000
  --continue         장비가 묻는 것에 모두 계속으로 답함
  --json             JSON 객체 하나를 출력; 가상 프린터는 받은 것과 만든 것, 파일과 일치하는지도 포함

종료 코드 0: 출력 완료(결과 일치). 1: 실패. 130: 취소됨.`,
}
