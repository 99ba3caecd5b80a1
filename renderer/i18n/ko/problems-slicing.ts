import type { problemsSlicing as english } from '../en/problems-slicing'

export const problemsSlicing: Record<keyof typeof english, string> = {
  'problem.setting/unknown': '“{key}” 설정은 없어요.',
  'problem.setting/no-number': '{key} 값은 {min}~{max} {unit} 사이의 숫자여야 해요. “{value}”은(는) 쓸 수 없어요.',
  'problem.setting/no-whole-number': '{key} 값은 {min}~{max} 사이의 정수여야 해요. “{value}”은(는) 쓸 수 없어요.',
  'problem.setting/out-of-range': '{key} 값이 {value}이에요. {min}~{max} {unit} 사이여야 해요.',
  'problem.setting/bad-choice': '{key} 값은 {choices} 중 하나여야 해요. “{value}”은(는) 쓸 수 없어요.',
  'problem.setting/layer-too-high': '{nozzleMm} mm 노즐로는 {heightMm} mm 레이어를 쌓을 수 없어요. {maxMm} mm 이하로 낮춰 주세요.',
  'problem.setting/layer-high': '{nozzleMm} mm 노즐에서는 {maxMm} mm 이하의 레이어가 잘 붙어요. 지금은 {heightMm} mm예요.',
  'problem.setting/line-narrower-than-layer': '선 너비 {widthMm} mm가 레이어 높이({heightMm} mm)보다 좁아요. 선을 넓히거나 레이어를 낮춰 주세요.',
  'problem.setting/line-width-odd': '{nozzleMm} mm 노즐은 {minMm}~{maxMm} mm 너비의 선을 잘 그려요. {key} 값은 {widthMm} mm예요.',
  'problem.setting/nothing-to-print': '벽, 위아래 레이어, 내부 채움이 모두 0이라 출력할 것이 없어요. 하나라도 0보다 크게 설정해 주세요.',
  'problem.setting/min-feed-above-feed': '냉각용 최저 속도({minFeedMmPerS} mm/s)가 일부 선의 속도({feedMmPerS} mm/s)보다 빨라서, 작은 레이어에서 식힐 시간을 낼 수 없어요.',
  'problem.slicing/skirt-left-out': '베드에 스커트를 놓을 자리가 없어서 뺐어요.',
  'problem.slicing/skirt-clipped': '스커트가 베드를 벗어나지 않도록 안쪽으로 당겼어요.',
  'problem.slicing/brim-clipped': '브림이 베드 가장자리에서 잘렸어요.',
}
