import { IconCube } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { getBlob } from '../../library/blobs'
import styles from './library.module.css'

/** Addresses of pictures that were fetched, the latest used last; those that fall out are given back. */
const urls = new Map<string, Promise<string>>()
const MOST_PICTURES = 600

function pictureUrl(sha256: string): Promise<string> {
  const kept = urls.get(sha256)
  urls.delete(sha256)
  const asked = kept ?? getBlob(sha256).then((blob) => URL.createObjectURL(new Blob([blob], { type: 'image/png' })))
  urls.set(sha256, asked)
  // What failed (studio away) is asked for again by the next card.
  asked.catch(() => urls.delete(sha256))
  const [oldest] = urls
  if (urls.size > MOST_PICTURES && oldest !== undefined) {
    urls.delete(oldest[0])
    oldest[1].then(URL.revokeObjectURL, () => undefined)
  }
  return asked
}

/** A design's picture by its hash; a cube while there is none. */
export function Picture({ sha256, alt }: { readonly sha256: string | undefined; readonly alt: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    setUrl(undefined)
    if (sha256 === undefined) return undefined
    let isWanted = true
    pictureUrl(sha256).then(
      (found) => isWanted && setUrl(found),
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [sha256])
  return <div className={styles['picture']}>{url === undefined ? <IconCube size={44} stroke={1} aria-hidden /> : <img src={url} alt={alt} draggable={false} />}</div>
}
