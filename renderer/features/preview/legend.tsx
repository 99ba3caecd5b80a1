import { Checkbox, Group, SegmentedControl, Stack, Switch, Table, Text } from '@mantine/core'
import { MOVE_ROLES, type MoveRole } from '../../../shared/toolpath/toolpath'
import { useLocale } from '../../i18n/locale'
import { useText } from '../../i18n/text'
import { formatDuration, formatFilament, formatNumber } from '../../ui/format'
import { COLOURINGS, type Colouring, RAMP, ROLE_COLOURS, TOOL_COLOURS } from '../../viewer/toolpath-colours'
import { ToolSwatch } from '../../viewer/tool-swatch'
import type { ToolpathData } from '../../viewer/toolpath-data'
import type { ReadyPrint } from '../../workspace/ready-print'
import styles from './preview.module.css'
import { toggleRole, usePreview } from './preview-state'

function RoleRow({ role, print }: { readonly role: MoveRole; readonly print: ReadyPrint }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const isShown = usePreview((state) => !state.hidden.has(role))
  const isByType = usePreview((state) => state.colouring === 'type')
  const { timeS, byRole, filamentMm, filamentCm3 } = print.estimate
  const part = byRole[role]
  if (part === undefined) return undefined
  const name = t(`preview.role.${role}`)
  const isFilament = !['travel', 'retract', 'unretract'].includes(role)
  const lengthMm = isFilament && filamentCm3 > 0 ? (part.volumeMm3 / 1000 / filamentCm3) * filamentMm : undefined
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          size="xs"
          checked={isShown}
          onChange={() => toggleRole(role)}
          label={
            <span className={styles['role']}>
              {isByType && <span className={styles['swatch']} style={{ background: ROLE_COLOURS[role] }} aria-hidden />}
              {name}
            </span>
          }
        />
      </Table.Td>
      <Table.Td className="tabular" ta="right">
        {formatDuration(part.timeS, locale)}
      </Table.Td>
      <Table.Td className="tabular" ta="right" c="dimmed">
        {timeS > 0 ? `${formatNumber((100 * part.timeS) / timeS, locale)} %` : ''}
      </Table.Td>
      <Table.Td className="tabular" ta="right">
        {lengthMm === undefined ? '' : formatFilament(lengthMm, locale)}
      </Table.Td>
    </Table.Tr>
  )
}

function RoleTable({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const present = MOVE_ROLES.filter((role) => print.estimate.byRole[role] !== undefined)
  return (
    <Table verticalSpacing={3} horizontalSpacing={4} fz="xs" withRowBorders={false}>
      <Table.Caption className={styles['hiddenCaption'] ?? ''}>{t('preview.table')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('preview.type')}</Table.Th>
          <Table.Th ta="right">{t('prepare.result.time')}</Table.Th>
          <Table.Th ta="right">%</Table.Th>
          <Table.Th ta="right">{t('prepare.result.filament')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {present.map((role) => (
          <RoleRow key={role} role={role} print={print} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** What each extruder lays; only where several do. */
function ToolTable({ print }: { readonly print: ReadyPrint }) {
  const t = useText()
  const locale = useLocale((state) => state.locale)
  const { byTool } = print.estimate
  if (byTool.length < 2) return undefined
  return (
    <Table verticalSpacing={3} horizontalSpacing={4} fz="xs" withRowBorders={false}>
      <Table.Caption className={styles['hiddenCaption'] ?? ''}>{t('preview.tools')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('preview.tool')}</Table.Th>
          <Table.Th ta="right">{t('prepare.result.filament')}</Table.Th>
          <Table.Th ta="right">{t('prepare.result.mass')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {byTool.map(({ tool, filamentMm, massG }) => (
          <Table.Tr key={tool}>
            <Table.Td>
              <span className={styles['role']}>
                <ToolSwatch tool={tool} />
                {t('preview.toolName', { number: tool + 1 })}
              </span>
            </Table.Td>
            <Table.Td className="tabular" ta="right">
              {formatFilament(filamentMm, locale)}
            </Table.Td>
            <Table.Td className="tabular" ta="right">
              {`${formatNumber(massG, locale, massG < 100 ? 1 : 0)} g`}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Scale({ low, high, unit }: { readonly low: number; readonly high: number; readonly unit: string }) {
  const locale = useLocale((state) => state.locale)
  const text = (value: number) => `${formatNumber(value, locale, 1)} ${unit}`.trim()
  return (
    <div>
      <div className={styles['ramp']} style={{ background: `linear-gradient(to right, ${RAMP.join(', ')})` }} aria-hidden />
      <Group justify="space-between">
        <Text size="xs" className="tabular">
          {text(low)}
        </Text>
        <Text size="xs" className="tabular">
          {text(high)}
        </Text>
      </Group>
    </div>
  )
}

function ColourScale({ data, colouring }: { readonly data: ToolpathData; readonly colouring: Colouring }) {
  const t = useText()
  switch (colouring) {
    case 'type':
      return undefined
    case 'feed':
      return <Scale low={data.feedRange[0]} high={data.feedRange[1]} unit="mm/s" />
    case 'flow':
      return <Scale low={data.flowRange[0]} high={data.flowRange[1]} unit="mm³/s" />
    case 'layer':
      return <Scale low={1} high={data.layerStarts.length - 1} unit="" />
    case 'tool':
      return (
        <Group gap="sm">
          {Array.from({ length: data.toolCount }, (_, tool) => (
            <span key={tool} className={styles['role']}>
              <span className={styles['swatch']} style={{ background: TOOL_COLOURS[tool % TOOL_COLOURS.length] }} aria-hidden />
              <Text size="xs">{t('preview.toolName', { number: tool + 1 })}</Text>
            </span>
          ))}
        </Group>
      )
    default:
      colouring satisfies never
      return undefined
  }
}

/** What the colours mean, what is shown, and where time and filament go. */
export function Legend({ print, data }: { readonly print: ReadyPrint; readonly data: ToolpathData }) {
  const t = useText()
  const { colouring, hasSeams, hasRetractions } = usePreview()
  const offered = COLOURINGS.filter((one) => one !== 'tool' || data.toolCount > 1)
  return (
    <Stack gap="sm">
      <SegmentedControl size="xs" fullWidth aria-label={t('preview.colouring')} value={colouring} onChange={(next) => usePreview.setState({ colouring: next as Colouring })} data={offered.map((value) => ({ value, label: t(`preview.colouring.${value}`) }))} />
      <ColourScale data={data} colouring={colouring} />
      <RoleTable print={print} />
      <ToolTable print={print} />
      <Group gap="md">
        <Switch size="xs" label={t('preview.seams')} checked={hasSeams} onChange={({ currentTarget }) => usePreview.setState({ hasSeams: currentTarget.checked })} />
        <Switch size="xs" label={t('preview.retractions')} checked={hasRetractions} onChange={({ currentTarget }) => usePreview.setState({ hasRetractions: currentTarget.checked })} />
      </Group>
    </Stack>
  )
}
