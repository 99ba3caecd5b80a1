import { expect, it } from 'vitest'
import { paceProgress } from '../../../shared/units/pace-progress'

it('tells every new stage at once, and the rest at most twenty times a second', () => {
  let clockMs = 1000
  const told: string[] = []
  const report = paceProgress(({ stage, done }) => told.push(`${stage} ${done}`), () => clockMs)
  for (let done = 0; done < 120; done++, clockMs++) report({ stage: 'read', done, total: 120 })
  report({ stage: 'repair', done: 0, total: 1 })
  expect(told).toEqual(['read 0', 'read 50', 'read 100', 'repair 0'])
})
