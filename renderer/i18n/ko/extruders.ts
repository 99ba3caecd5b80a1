import type { extruders as english } from '../en/extruders'

/** 물체별 출력, 여러 압출기, 프라임 타워. */
export const extruders: Readonly<Record<keyof typeof english, string>> = {
  'setting.printOrder': '물체 출력 순서',
  'setting.printOrder.help': '레이어별은 모든 물체를 함께 쌓습니다. 물체별은 하나를 끝낸 뒤 다음으로 넘어가 실이 덜 생기고, 실패해도 하나만 버립니다. 물체 사이에 헤드가 지나갈 자리가 있어야 합니다.',
  'setting.choice.by-layer': '레이어별',
  'setting.choice.by-object': '물체별',

  'problem.slicing/head-hits': '물체별로 출력하면 “{name}”와(과) “{other}” 중 먼저 출력한 쪽에 프린트 헤드가 부딪힙니다.',
  'problem.slicing/head-hits.remedy': '서로 더 띄우거나(정렬을 누르면 간격을 지켜 줍니다) 레이어별로 출력하세요.',
  'problem.slicing/gantry-hits': '“{name}”와(과) “{other}” 둘 다 프린트 헤드의 가로대가 지나는 높이 {gantryMm} mm보다 높습니다. 이런 물체는 하나만, 맨 마지막에 출력할 수 있습니다.',
  'problem.slicing/gantry-hits.remedy': '레이어별로 출력하거나 두 번에 나누어 출력하세요.',
}
