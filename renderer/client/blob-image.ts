import { useEffect, useState } from 'react'
import { getBlobBytes } from './blobs'

/** An address for a picture that is kept as a blob; undefined while it is on its way, and when it can't be had. */
export function useBlobUrl(sha256: string | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    setUrl(undefined)
    if (sha256 === undefined) return undefined
    const end = new AbortController()
    let made: string | undefined
    getBlobBytes(sha256, end.signal)
      .then((blob) => {
        if (end.signal.aborted) return
        made = URL.createObjectURL(new Blob([blob], { type: 'image/png' }))
        setUrl(made)
      })
      // A picture that can't be had is left out; whoever shows it has a place for that.
      .catch(() => undefined)
    return () => {
      end.abort()
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [sha256])
  return url
}
