import { type ChangeEvent, type RefObject, useEffect, useRef } from 'react'
import { useText } from '../../i18n/text'
import { READABLE_ENDINGS } from './file-kind'
import { offerFiles } from './import-store'

function takeChosen(event: ChangeEvent<HTMLInputElement>): void {
  const input = event.currentTarget
  const files = [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath }))
  // The same file may be chosen again.
  input.value = ''
  offerFiles(files)
}

/** The browser's own pickers, out of sight: one for files, one for a whole folder. */
export function useFilePickers(): { readonly pickers: React.ReactNode; readonly pickFiles: () => void; readonly pickFolder: () => void } {
  const t = useText()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), [])
  const input = (ref: RefObject<HTMLInputElement | null>, label: string, accept?: string) => (
    <input ref={ref} type="file" multiple hidden aria-label={label} onChange={takeChosen} {...(accept === undefined ? {} : { accept })} />
  )
  return {
    pickers: (
      <>
        {input(files, t('import.open'), READABLE_ENDINGS)}
        {input(folder, t('import.openFolder'))}
      </>
    ),
    pickFiles: () => files.current?.click(),
    pickFolder: () => folder.current?.click(),
  }
}
