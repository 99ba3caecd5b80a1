import { meshesTouch } from '../viewer/meshes-touch'
import type { Touch } from './check-plate'
import { plateMatrix } from './plate'

/** Whether two objects share room, by their triangles; undefined while a search tree is being built. */
export const touchOnPlate: Touch = (a, b) => meshesTouch({ mesh: a.mesh, matrix: plateMatrix(a.object) }, { mesh: b.mesh, matrix: plateMatrix(b.object) })
