import { HOME_SPACE } from '../../../shared/library/op'
import { type Cell, cellName, mergeOps } from '../../../shared/library/merge-ops'
import type { MachineProfile } from '../../../shared/machine/profile'
import { validateProfile } from '../../../shared/machine/validate-profile'
import type { OpLog } from '../../store/op-log'

const PAGE = 1000
const ENTITY = 'profile/machine:'

/** Finds the user's own machine profiles in the library's log; what was added since the last question is read first. */
export function createProfileFinder(log: Pick<OpLog, 'pull' | 'head'>): (id: string) => MachineProfile | undefined {
  const cells = new Map<string, Cell>()
  let rev = 0
  const catchUp = (): void => {
    while (rev < log.head(HOME_SPACE)) {
      const { rows } = log.pull(HOME_SPACE, rev, PAGE)
      const last = rows.at(-1)
      if (!last) return
      rev = last.rev
      const ops = rows.flatMap(({ op }) => (op.entity.startsWith(ENTITY) ? [op] : []))
      for (const cell of mergeOps(ops, (entity, key) => cells.get(cellName({ entity, key }))).changed) cells.set(cellName(cell), cell)
    }
  }
  return (id) => {
    catchUp()
    const stored = cells.get(cellName({ entity: `${ENTITY}${id}`, key: 'stored' }))?.value
    if (stored === undefined || stored === null) return undefined
    const checked = validateProfile(stored)
    return checked.ok && checked.value.kind === 'machine' ? checked.value.profile : undefined
  }
}
