import type { Mat4, Mesh } from '../../../shared/mesh/mesh'

/** A mesh in a picture. */
export interface PicturedMesh {
  readonly mesh: Mesh
  /** Where it stands; identity when absent. */
  readonly transform?: Mat4
  /** Numbers of triangles to be shown in the colour of what was changed. */
  readonly marked?: ArrayLike<number>
}

export interface PictureSize {
  /** Pixels. */
  readonly width: number
  readonly height: number
}

export interface ThumbnailRequest {
  readonly id: number
  readonly meshes: readonly PicturedMesh[]
  readonly size: PictureSize
}

export type ThumbnailReply =
  | { readonly id: number; readonly kind: 'drawn'; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string }
