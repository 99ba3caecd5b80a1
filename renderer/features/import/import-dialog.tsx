import { Modal } from '@mantine/core'
import { useEffect } from 'react'
import { useText } from '../../i18n/text'
import { useCommands } from '../../ui/commands'
import { takeOffers, useFileOffers } from '../../workspace/file-offers'
import { useFilePickers } from './file-pickers'
import { ImportDetail } from './import-detail'
import { ImportFooter } from './import-footer'
import { ImportItems } from './import-items'
import { closeImports, offerFiles, useImports } from './import-store'
import styles from './import.module.css'

function useOffers(): void {
  const offers = useFileOffers((state) => state.offers)
  useEffect(() => {
    if (offers.length > 0) for (const { files, target } of takeOffers()) offerFiles(files, target)
  }, [offers])
}

/** Everything that is offered to the library passes here: what it is, what was repaired, what has to be asked. */
export function ImportDialog() {
  const t = useText()
  const { items, selectedId, target } = useImports()
  const { pickers, pickFiles, pickFolder } = useFilePickers()
  useOffers()
  useCommands([
    { id: 'import.open', title: 'import.open', shortcut: 'mod+o', run: pickFiles },
    { id: 'import.openFolder', title: 'import.openFolder', shortcut: 'mod+shift+o', run: pickFolder },
  ])
  const selected = items.find(({ id }) => id === selectedId) ?? items[0]
  const isList = items.length > 1
  return (
    <>
      {pickers}
      <Modal
        opened={selected !== undefined}
        onClose={closeImports}
        title={target === undefined ? t('import.title') : t('import.title.version', { title: target.title })}
        size={isList ? 1120 : 860}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('frame.close') }}
      >
        {selected !== undefined && (
          <div className={styles['dialog']}>
            <div className={isList ? styles['columns'] : undefined}>
              {isList && <ImportItems items={items} selectedId={selected.id} />}
              <ImportDetail key={selected.id} item={selected} isAlone={!isList} target={target} />
            </div>
            {isList && <ImportFooter items={items} />}
          </div>
        )}
      </Modal>
    </>
  )
}
