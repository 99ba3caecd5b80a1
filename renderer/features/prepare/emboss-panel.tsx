import { Button, Checkbox, FileButton, Group, NumberInput, SegmentedControl, Select, Text, Textarea } from '@mantine/core'
import { useEffect } from 'react'
import { useText } from '../../i18n/text'
import { notifyError } from '../../ui/notify'
import { ProblemList } from '../../ui/problem-list'
import { ProgressLine } from '../../ui/progress-line'
import { ReliefView } from '../../viewer/relief-view'
import type { ViewerTheme } from '../../viewer/viewer-theme'
import { RELIEF_FONTS } from '../../workspace/relief-fonts'
import { usePlate } from '../../workspace/workspace-store'
import { type EmbossChoice, embossNow, forgetPlace, showRelief, stopEmboss, useEmboss } from './emboss-state'
import { ToolPanel } from './tool-panel'

/** A row of typing is shown once it pauses. */
const SHOW_AFTER_MS = 150

const NUMBERS = [
  [
    { key: 'sizeMm', label: 'prepare.emboss.size', min: 1, max: 500, step: 1 },
    { key: 'depthMm', label: 'prepare.emboss.depth', min: 0.1, max: 50, step: 0.1 },
    { key: 'rotationDeg', label: 'prepare.emboss.rotation', min: -360, max: 360, step: 15 },
  ],
  [
    { key: 'rightMm', label: 'prepare.emboss.right', min: -1000, max: 1000, step: 1 },
    { key: 'upMm', label: 'prepare.emboss.up', min: -1000, max: 1000, step: 1 },
  ],
] as const

async function takeFile(kind: 'font' | 'svg', file: File | null): Promise<void> {
  if (file === null) return
  try {
    if (kind === 'svg') useEmboss.setState({ svg: { name: file.name, content: await file.text() } })
    else useEmboss.setState({ ownFont: { name: file.name, content: new Uint8Array(await file.arrayBuffer()) }, font: 'own' })
  } catch (error) {
    notifyError(error)
  }
}

function TextFields() {
  const t = useText()
  const { text, font, ownFont } = useEmboss()
  const fonts = [...RELIEF_FONTS.map((value) => ({ value, label: t(`prepare.emboss.font.${value}`) })), ...(ownFont === undefined ? [] : [{ value: 'own', label: ownFont.name }])]
  return (
    <>
      <Textarea size="xs" label={t('prepare.emboss.text')} autosize minRows={1} maxRows={4} value={text} onChange={({ currentTarget }) => useEmboss.setState({ text: currentTarget.value })} />
      <Group gap={6} wrap="nowrap" align="end">
        <Select size="xs" flex={1} label={t('prepare.emboss.font')} allowDeselect={false} value={font} data={fonts} onChange={(next) => useEmboss.setState({ font: (next ?? 'bold') as typeof font })} />
        <FileButton accept=".ttf,.otf,font/ttf,font/otf" onChange={(file) => void takeFile('font', file)}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              {t('prepare.emboss.font.open')}
            </Button>
          )}
        </FileButton>
      </Group>
    </>
  )
}

function SvgFields() {
  const t = useText()
  const svg = useEmboss((state) => state.svg)
  return (
    <Group gap={6} wrap="nowrap">
      <FileButton accept=".svg,image/svg+xml" onChange={(file) => void takeFile('svg', file)}>
        {(props) => (
          <Button {...props} size="xs" variant="default">
            {t('prepare.emboss.svg.open')}
          </Button>
        )}
      </FileButton>
      <Text size="xs" c="dimmed" truncate>
        {svg?.name ?? t('prepare.emboss.svg.none')}
      </Text>
    </Group>
  )
}

function NumberFields() {
  const t = useText()
  const state = useEmboss()
  return NUMBERS.map((row) => (
    <Group key={row[0].key} gap={4} grow wrap="nowrap" align="end">
      {row.map(({ key, label, ...limits }) => (
        <NumberInput key={key} size="xs" hideControls decimalScale={2} label={t(label)} {...limits} value={state[key]} onChange={(value) => typeof value === 'number' && value >= limits.min && value <= limits.max && useEmboss.setState({ [key]: value })} />
      ))}
    </Group>
  ))
}

function Switch<K extends 'kind' | 'isRaised'>({ label, value, options }: { readonly label: string; readonly value: string; readonly options: readonly (readonly [value: string, label: string, change: Pick<EmbossChoice, K>])[] }) {
  return <SegmentedControl size="xs" fullWidth aria-label={label} value={value} data={options.map(([one, name]) => ({ value: one, label: name }))} onChange={(next) => useEmboss.setState(options.find(([one]) => one === next)?.[2] ?? {})} />
}

/** Keeps the relief in the picture as it is chosen, and lets it go when its object has changed or the tool is put away. */
function useShownRelief(): void {
  const { kind, text, font, ownFont, svg, sizeMm, depthMm, isRaised, isFollowing, isOwnPart, rotationDeg, rightMm, upMm, place } = useEmboss()
  const { objects } = usePlate()
  useEffect(() => forgetPlace, [])
  useEffect(() => {
    if (place !== undefined && !objects.includes(place.object)) forgetPlace()
  }, [objects, place])
  useEffect(() => {
    const controller = new AbortController()
    const choice = { kind, text, font, ownFont, svg, sizeMm, depthMm, isRaised, isFollowing, isOwnPart, rotationDeg, rightMm, upMm, place }
    const timer = setTimeout(() => void showRelief(choice, controller.signal), SHOW_AFTER_MS)
    return () => {
      clearTimeout(timer)
      controller.abort(new DOMException('cancelled', 'AbortError'))
    }
  }, [kind, text, font, ownFont, svg, sizeMm, depthMm, isRaised, isFollowing, isOwnPart, rotationDeg, rightMm, upMm, place])
}

/** What is put on a part, and how. */
export function EmbossPanel() {
  const t = useText()
  const { kind, isRaised, isFollowing, isOwnPart, place, relief, problems, running } = useEmboss()
  useShownRelief()
  return (
    <ToolPanel title={t('prepare.tool.emboss')}>
      <Switch<'kind'> label={t('prepare.emboss.kind')} value={kind} options={[['text', t('prepare.emboss.kind.text'), { kind: 'text' }], ['svg', t('prepare.emboss.kind.svg'), { kind: 'svg' }]]} />
      {kind === 'text' ? <TextFields /> : <SvgFields />}
      <Switch<'isRaised'> label={t('prepare.emboss.way')} value={isRaised ? 'raised' : 'engraved'} options={[['raised', t('prepare.emboss.raised'), { isRaised: true }], ['engraved', t('prepare.emboss.engraved'), { isRaised: false }]]} />
      <NumberFields />
      <Checkbox size="xs" label={t('prepare.emboss.follow')} checked={isFollowing} onChange={({ currentTarget }) => useEmboss.setState({ isFollowing: currentTarget.checked })} />
      <Checkbox size="xs" label={t('prepare.emboss.own')} checked={isOwnPart} onChange={({ currentTarget }) => useEmboss.setState({ isOwnPart: currentTarget.checked })} />
      <ProblemList problems={problems} />
      {place === undefined && (
        <Text size="sm" c="dimmed" role="status">
          {t('prepare.emboss.pick')}
        </Text>
      )}
      {running === undefined ? (
        <Button size="sm" disabled={place === undefined || relief === undefined} onClick={() => void embossNow()}>
          {t(isRaised ? 'prepare.emboss.do.raised' : 'prepare.emboss.do.engraved')}
        </Button>
      ) : (
        <ProgressLine immediate label={t('prepare.emboss.running')} onCancel={stopEmboss} />
      )}
    </ToolPanel>
  )
}

/** The relief in the picture. */
export function EmbossScene({ theme }: { readonly theme: ViewerTheme }) {
  const { relief, isRaised } = useEmboss()
  return relief && <ReliefView mesh={relief} colour={theme.measure} isInside={!isRaised} />
}
