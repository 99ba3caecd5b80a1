import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useLiveMachines, useMachine } from '../../client/live'
import { useText } from '../../i18n/text'
import { EmptyState } from '../../ui/empty-state'
import { useCommands } from '../../ui/commands'
import { navigate, useRoute } from '../../ui/navigate'
import { Page } from '../../ui/page'
import { IconPrinter } from '@tabler/icons-react'
import { AddMachineDialog } from './add-machine-dialog'
import { MachineList } from './machine-list'
import { MachinePage } from './machine-page'

function AllMachines({ isAddAsked }: { readonly isAddAsked: boolean }) {
  const t = useText()
  const [adding, setAdding] = useState(false)
  const close = () => {
    setAdding(false)
    // The address asks no longer; the next time that it does, it is heard again.
    if (isAddAsked) navigate('/machines')
  }
  const isKnown = useLiveMachines((live) => live.items !== undefined)
  useCommands([{ id: 'machine.add', title: 'machines.add', run: () => setAdding(true) }])
  return (
    <Page
      title={t('frame.machines')}
      lead={t('machines.lead')}
      actions={
        <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setAdding(true)}>
          {t('machines.add')}
        </Button>
      }
    >
      {isKnown ? <MachineList /> : <EmptyState icon={IconPrinter} title={t('machines.away')} help={t('frame.connection.closed.help')} />}
      <AddMachineDialog opened={adding || isAddAsked} onClose={close} />
    </Page>
  )
}

function OneMachine({ machineId }: { readonly machineId: string }) {
  const t = useText()
  const machine = useMachine(machineId)
  if (machine !== undefined) return <MachinePage key={machineId} machine={machine} />
  return (
    <EmptyState icon={IconPrinter} title={t('machines.gone')} help={t('machines.gone.help')}>
      <Button variant="default" onClick={() => navigate('/machines')}>
        {t('machines.all')}
      </Button>
    </EmptyState>
  )
}

/** The list of machines, or one of them. */
export function MachinesScreen() {
  const { id, query } = useRoute()
  return id === undefined ? <AllMachines isAddAsked={query.has('add')} /> : <OneMachine machineId={id} />
}
