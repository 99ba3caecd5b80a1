import { write3mf } from '../../shared/formats/threemf/write-3mf'
import { measureMesh } from '../../shared/mesh/measure-mesh'
import { boxAround, boxSize, meshBox } from '../../shared/mesh/mesh-box'
import type { Mesh } from '../../shared/mesh/mesh'
import { importDesign } from '../library/designs'
import { renderThumbnail } from '../workers/thumbnail/render-thumbnail'
import { type VersionPart, provideParts } from './part-meshes'
import type { PlateAddition } from './workspace-state'

/** A mesh that was made here, in mm, watertight. */
export interface MadePiece {
  readonly name: string
  readonly mesh: Mesh
}

const PICTURE = { width: 512, height: 512 }

/**
 * Keeps meshes that were made on the plate as a design of the library, in one 3MF: so they are there after a restart and on every replica. The same pieces
 * made twice are one design. @throws StudioError of the library, and of the studio when it can't be reached
 */
export async function keepPieces(title: string, pieces: readonly MadePiece[]): Promise<PlateAddition & { readonly parts: readonly VersionPart[] }> {
  const bytes = write3mf(pieces, { title })
  const thumbnail = await renderThumbnail(pieces, PICTURE).catch(() => undefined)
  const { designId, versionId } = await importDesign({
    title,
    tags: [],
    file: { name: `${title.replace(/[\\/:*?"<>|]/g, '_')}.3mf`, bytes, type: 'model/3mf' },
    parts: {
      partCount: pieces.length,
      sizeMm: boxSize(boxAround(pieces.map(({ mesh }) => meshBox(mesh)))),
      triangleCount: pieces.reduce((sum, { mesh }) => sum + mesh.indices.length / 3, 0),
      volumeMm3: pieces.reduce((sum, { mesh }) => sum + measureMesh(mesh).volumeMm3, 0),
    },
    unit: 'millimeter',
    isRepaired: false,
    ...(thumbnail === undefined ? {} : { thumbnail }),
  })
  provideParts(versionId, pieces)
  return { designId, versionId, title, parts: pieces }
}
