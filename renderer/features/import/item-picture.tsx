import { IconCube, IconRoute } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useText } from '../../i18n/text'
import type { ImportItem } from './import-item'
import styles from './import.module.css'

/** An address for bytes of a picture, for as long as it is shown. */
function usePictureUrl(png: Uint8Array<ArrayBuffer> | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (png === undefined) {
      setUrl(undefined)
      return undefined
    }
    const made = URL.createObjectURL(new Blob([png], { type: 'image/png' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [png])
  return url
}

/** What a file looks like, or a sign of what it is. `small` stands beside its name and so needs no words. */
export function ItemPicture({ item, small = false }: { readonly item: ImportItem; readonly small?: boolean }) {
  const t = useText()
  const { phase } = item
  const url = usePictureUrl(phase.kind === 'ready' || phase.kind === 'saved' ? phase.pictures?.marked : undefined)
  const Sign = phase.kind === 'gcode' ? IconRoute : IconCube
  return (
    <div className={small ? `${styles['picture']} ${styles['thumb']}` : styles['picture']}>
      {url === undefined ? <Sign size={small ? 22 : 56} stroke={1.1} aria-hidden /> : <img src={url} alt={small ? '' : t('import.picture', { name: item.title })} />}
    </div>
  )
}
