import { useEffect } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { setThumbnail } from '../../library/designs'
import { renderThumbnail } from '../../workers/thumbnail/render-thumbnail'
import { partsOf } from '../../workspace/part-meshes'

const PICTURE_SIZE = 320

/** Draws a design's picture when it came without one (imported from a terminal, or where nothing could be drawn). */
export function useMissingPicture({ id, heads, thumbnailSha256 }: DesignRecord): void {
  const head = heads[0]
  useEffect(() => {
    if (thumbnailSha256 !== undefined || head === undefined) return undefined
    let isWanted = true
    const draw = async () => {
      const png = await renderThumbnail(await partsOf(head), { width: PICTURE_SIZE, height: PICTURE_SIZE })
      if (isWanted) await setThumbnail(id, png)
    }
    // The design is as good without a picture; whatever hinders it is told where the file itself is wanted.
    draw().catch(() => undefined)
    return () => {
      isWanted = false
    }
  }, [id, head, thumbnailSha256])
}
