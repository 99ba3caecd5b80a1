import { Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { offerFiles } from '../features/import/import-store'
import { readDroppedFiles } from '../features/import/read-dropped-files'
import { useText } from '../i18n/text'
import { isTyping } from '../ui/shortcuts'
import styles from './frame.module.css'

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true
}

/** What a file would become where it is held now: a version of a design whose panel says so, else a design of its own. */
interface DropPlace {
  readonly target: { readonly designId: string; readonly title: string } | undefined
}

const ANYWHERE: DropPlace = { target: undefined }
/** One object a design, so that a drag that stays over it changes no state. */
let lastPlace: DropPlace = ANYWHERE

function placeOf(element: EventTarget | null): DropPlace {
  const panel = element instanceof Element ? element.closest<HTMLElement>('[data-drop-design]') : null
  const designId = panel?.dataset['dropDesign']
  if (designId === undefined) return ANYWHERE
  if (lastPlace.target?.designId !== designId) lastPlace = { target: { designId, title: panel?.dataset['dropTitle'] ?? '' } }
  return lastPlace
}

/** Follows a drag over the window: enter and leave come once for every element below it. */
function useFileDrop(): DropPlace | undefined {
  const [place, setPlace] = useState<DropPlace>()
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setPlace(placeOf(event.target))
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setPlace(undefined)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      setPlace(undefined)
      const { target } = placeOf(event.target)
      void readDroppedFiles(event.dataTransfer).then((files) => offerFiles(files, target))
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return place
}

function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || isTyping(event.target)) return
      event.preventDefault()
      offerFiles(files.map((file) => ({ file, path: file.name })))
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [])
}

/** Files may be dropped or pasted anywhere. */
export function DropAnywhere() {
  const t = useText()
  const place = useFileDrop()
  usePaste()
  if (place === undefined) return undefined
  return (
    <div className={styles['drop']}>
      <IconDownload size={40} stroke={1.4} aria-hidden />
      <Title order={2}>{place.target === undefined ? t('frame.drop') : t('library.drop.version', { title: place.target.title })}</Title>
      <Text c="dimmed">{t('frame.drop.hint')}</Text>
    </div>
  )
}
