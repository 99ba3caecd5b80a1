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

/** Follows a drag over the window: enter and leave come once for every element below it. */
function useFileDrop(): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      setOver(false)
      void readDroppedFiles(event.dataTransfer).then(offerFiles)
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
  return isOver
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
  const isOver = useFileDrop()
  usePaste()
  if (!isOver) return undefined
  return (
    <div className={styles['drop']}>
      <IconDownload size={40} stroke={1.4} aria-hidden />
      <Title order={2}>{t('frame.drop')}</Title>
      <Text c="dimmed">{t('frame.drop.hint')}</Text>
    </div>
  )
}
