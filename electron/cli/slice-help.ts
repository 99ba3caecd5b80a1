import type { BothLanguages } from './terminal'

/** Help of `gongbang slice`. */
export const SLICE_HELP: BothLanguages = {
  en: `Usage: gongbang slice MODEL... [-o FILE] [options]

Makes G-code of stl, obj, 3mf and ply files. One model stands in the middle of the
bed, several are arranged. Meshes with holes or wrong sides are repaired, and it is
said what was done. When anything fails, no file is written.
A project that the studio saved (.3mf, alone) is sliced with its own profiles, settings
and places; options here go before them. With --copies, or on a bed of another size,
its objects are arranged anew.

  -o, --output FILE      G-code file, .bgcode for binary; default: the first model's name,
                         in this folder
      --profile NAME     machine, material or quality by id or name, or a .json file
                         that the studio exported; repeatable
      --machine NAME     the same, e.g. creality-ender-3, prusa-mk3s, generic-marlin
      --material NAME    pla, petg, abs, asa, tpu, generic; repeated: of the second extruder, the third ...
      --quality NAME     fine, standard, draft
      --layer-height MM
      --infill PERCENT
      --walls COUNT
      --set KEY=VALUE    any setting, e.g. --set skirtLines=0 --set infillPattern=gyroid;
                         repeatable. A wrong key lists the right ones
      --volume XxYxZ     size of the build volume, mm, e.g. 250x250x250
      --unit UNIT        unit of files that don't state one: mm, cm, m, inch, foot, micron
      --copies N         that many of each model
      --no-repair        slice the mesh as it is
      --engine NAME      prusaslicer, orcaslicer or cura: an installed program slices in place of
                         the studio; settings that it doesn't have are listed
      --engine-path FILE its program, where it isn't found by itself
      --post COMMAND     a program of yours that changes the G-code in place, its path is the
                         last argument; repeatable. The result is checked again
      --json             the result as one JSON object
  -h, --help

Example: gongbang slice cup.stl -o cup.gcode --machine creality-ender-3 --infill 20`,
  ko: `사용법: gongbang slice 모델... [-o 파일] [옵션]

stl, obj, 3mf, ply 파일을 G-code로 슬라이싱합니다. 모델이 하나면 베드 가운데에 놓고,
여러 개면 자동으로 배치합니다. 구멍이 있거나 면이 뒤집힌 메시는 수리하고 무엇을
했는지 알려 줍니다. 실패하면 파일을 남기지 않습니다.
스튜디오에서 저장한 프로젝트(.3mf, 하나만)는 그 안의 프로필, 설정, 배치대로
슬라이싱합니다. 여기서 준 옵션이 먼저 쓰이고, --copies를 주거나 베드 크기가 다르면
다시 배치합니다.

  -o, --output 파일      G-code 파일(.bgcode는 바이너리). 기본값: 현재 폴더에 첫 모델의 이름으로
      --profile 이름     장비, 재료, 품질 프로필의 id나 이름, 또는 스튜디오에서 내보낸
                         .json 파일. 여러 번 쓸 수 있음
      --machine 이름     예: creality-ender-3, prusa-mk3s, generic-marlin
      --material 이름    pla, petg, abs, asa, tpu, generic; 여러 번 쓰면 두 번째, 세 번째 압출기의 재료
      --quality 이름     fine, standard, draft
      --layer-height 높이(mm)
      --infill 채움률(%)
      --walls 벽 수
      --set 키=값        모든 설정. 예: --set skirtLines=0 --set infillPattern=gyroid
                         여러 번 쓸 수 있음. 키가 틀리면 쓸 수 있는 키를 보여 줌
      --volume XxYxZ     출력 영역 크기(mm). 예: 250x250x250
      --unit 단위        단위가 적혀 있지 않은 파일의 단위: mm, cm, m, inch, foot, micron
      --copies 개수      모델마다 출력할 개수
      --no-repair        메시를 수리하지 않고 그대로 슬라이싱
      --engine 이름      prusaslicer, orcaslicer, cura: 스튜디오 대신 설치된 프로그램으로
                         슬라이싱. 그 프로그램에 없는 설정은 목록으로 알려 줌
      --engine-path 파일 자동으로 찾지 못할 때 그 프로그램의 실행 파일
      --post 명령        G-code를 그 자리에서 고치는 후처리 프로그램. 파일 경로가 마지막 인수로
                         주어짐. 여러 번 쓸 수 있고 결과는 다시 검사함
      --json             결과를 JSON 하나로 출력
  -h, --help

예: gongbang slice cup.stl -o cup.gcode --machine creality-ender-3 --infill 20`,
}
