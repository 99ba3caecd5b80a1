import { Anchor, Text } from '@mantine/core'
import { IconCube } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DesignRecord } from '../../../shared/library/design'
import { getBlob } from '../../library/blobs'
import { useText } from '../../i18n/text'
import { Sheet } from '../../ui/sheet'
import styles from './start.module.css'

const MOST_SHOWN = 6

function Picture({ sha256 }: { readonly sha256: string | undefined }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (sha256 === undefined) return undefined
    let made: string | undefined
    let isWanted = true
    getBlob(sha256).then(
      (blob) => {
        if (!isWanted) return
        made = URL.createObjectURL(new Blob([blob], { type: 'image/png' }))
        setUrl(made)
      },
      () => undefined,
    )
    return () => {
      isWanted = false
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [sha256])
  return <div className={styles['picture']}>{url === undefined ? <IconCube size={34} stroke={1} aria-hidden /> : <img src={url} alt="" />}</div>
}

/** The designs that came last. */
export function RecentDesigns({ designs }: { readonly designs: readonly DesignRecord[] }) {
  const t = useText()
  if (designs.length === 0) return undefined
  return (
    <Sheet
      title={t('start.recent')}
      actions={
        <Anchor href="#/library" size="sm">
          {t('start.recent.all')}
        </Anchor>
      }
    >
      <div className={styles['cards']}>
        {designs.slice(0, MOST_SHOWN).map((design) => (
          <a key={design.id} className={styles['card']} href={`#/library/${encodeURIComponent(design.id)}`}>
            <Picture sha256={design.thumbnailSha256} />
            <div className={styles['caption']}>
              <Text size="sm" fw={600} truncate>
                {design.title}
              </Text>
            </div>
          </a>
        ))}
      </div>
    </Sheet>
  )
}
