import { useEffect, useState } from 'react'
import { useText } from '../../i18n/text'
import { renderThumbnail } from '../../workers/thumbnail/render-thumbnail'
import { sampleMesh } from './sample-model'
import styles from './start.module.css'

const PICTURE_SIZE = 680

/** Drawn once a window. */
let drawn: Promise<string> | undefined

function drawSample(): Promise<string> {
  drawn ??= renderThumbnail([{ mesh: sampleMesh() }], { width: PICTURE_SIZE, height: PICTURE_SIZE }).then((png) => URL.createObjectURL(new Blob([png], { type: 'image/png' })))
  return drawn
}

/** The sample as it will stand on the plate; nothing where it can't be drawn. */
export function SamplePicture() {
  const t = useText()
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    let isWanted = true
    drawSample().then(
      (made) => isWanted && setUrl(made),
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [])
  return <div className={styles['jar']}>{url !== undefined && <img src={url} alt={t('start.sample.picture')} width="100%" />}</div>
}
