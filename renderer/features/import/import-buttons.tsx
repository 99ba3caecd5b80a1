import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ReadProject } from '../../../shared/machine/project-file'
import { useText } from '../../i18n/text'
import { useAction } from '../../ui/action'
import { navigate } from '../../ui/navigate'
import { notifyError, notifySuccess } from '../../ui/notify'
import { isTyping } from '../../ui/shortcuts'
import type { VersionPart } from '../../workspace/part-meshes'
import { openProject, projectOfFile } from '../../workspace/project-actions'
import { useWorkspace } from '../../workspace/workspace-store'
import { type Duplicate, restoreDesign } from '../../library/designs'
import { type ImportItem, asksForUnit } from './import-item'
import { type ImportTarget, closeImports, importItem, leaveOut } from './import-store'

function goToDesign(designId: string): void {
  navigate(`/library/${encodeURIComponent(designId)}`)
}

interface PlacedDesign {
  readonly designId: string
  readonly versionId: string
  readonly title: string
}

/** Onto the plate: a project of ours as it was saved, another slicer's with its settings when they are wanted, else as a model. */
async function prepare({ designId, versionId, title }: PlacedDesign, { project, parts }: { readonly project: ReadProject | undefined; readonly parts?: readonly VersionPart[] | undefined }): Promise<void> {
  const addition = { designId, versionId, title, ...(parts === undefined ? {} : { parts }) }
  if (project === undefined) await useWorkspace.getState().addToPlate(addition)
  else {
    await openProject(addition, project)
    if (project.origin === 'foreign') notifySuccess('import.project.taken', { count: project.left.length })
  }
  navigate('/prepare')
}

interface ButtonsProps {
  readonly item: ImportItem
  /** The only file: the dialog closes when it is taken. */
  readonly isAlone: boolean
  readonly target: ImportTarget | undefined
}

/** The project in an item's file; undefined while it is looked for and when there is none. */
function useProject(file: File): ReadProject | undefined {
  const [project, setProject] = useState<ReadProject>()
  useEffect(() => {
    let isWanted = true
    projectOfFile(file)
      .then((found) => isWanted && setProject(found))
      .catch(notifyError)
    return () => {
      isWanted = false
    }
  }, [file])
  return project
}

function DuplicateButtons({ item, isAlone, duplicate }: ButtonsProps & { readonly duplicate: Duplicate }) {
  const t = useText()
  const project = useProject(item.file)
  const leave = () => (isAlone ? closeImports() : leaveOut(item.id))
  const bringBack = async () => {
    if (duplicate.isBinned) await restoreDesign(duplicate.designId)
  }
  const anyway = useAction(async () => {
    if ((await importItem(item.id, duplicate)) === undefined) return
    await bringBack()
    notifySuccess('import.saved.version', { title: duplicate.title })
    if (isAlone) closeImports()
  })
  const open = useAction(async () => {
    await bringBack()
    leave()
    goToDesign(duplicate.designId)
  })
  const onPlate = useAction(async () => {
    await bringBack()
    await prepare(duplicate, { project: project?.origin === 'own' ? project : undefined })
    closeImports()
  })
  return (
    <>
      <Button variant="subtle" loading={anyway.busy} onClick={() => anyway.run()}>
        {t('import.duplicate.anyway')}
      </Button>
      <Button variant="default" loading={open.busy} onClick={() => open.run()}>
        {t(duplicate.isBinned ? 'import.duplicate.restore' : 'import.duplicate.open', { title: duplicate.title })}
      </Button>
      <Button variant={isAlone ? 'filled' : 'light'} loading={onPlate.busy} onClick={() => onPlate.run()}>
        {t('import.duplicate.prepare', { title: duplicate.title })}
      </Button>
    </>
  )
}

function TakeButtons({ item, isAlone, target }: ButtonsProps) {
  const t = useText()
  const canTake = item.phase.kind === 'ready' && !asksForUnit(item) && item.title.trim() !== ''
  const project = useProject(item.file)
  const take = useAction(async (isPreparing: boolean, withSettings = false) => {
    const model = item.phase.kind === 'ready' ? item.phase.model : undefined
    const saved = await importItem(item.id)
    if (saved === undefined) return
    const title = target?.title ?? item.title
    if (isPreparing) {
      // Meshes are only kept for a short list.
      const parts = model?.parts.every(({ mesh }) => mesh.indices.length > 0) === true ? model.parts : undefined
      await prepare({ ...saved, title }, { parts, project: project?.origin === 'own' || withSettings ? project : undefined })
      closeImports()
      return
    }
    notifySuccess(target === undefined ? 'import.saved.notice' : 'import.saved.version', { title })
    if (!isAlone) return
    closeImports()
    goToDesign(saved.designId)
  })
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Enter takes the file, unless somebody is typing a title meanwhile.
    if (isAlone && canTake && !isTyping(document.activeElement)) first.current?.focus()
  }, [isAlone, canTake])
  return (
    <>
      <Button variant="default" disabled={!canTake} loading={take.busy} onClick={() => take.run(false)}>
        {t(target === undefined ? 'import.do' : 'import.do.version')}
      </Button>
      {project?.origin === 'foreign' && (
        <Button variant="default" disabled={!canTake} loading={take.busy} onClick={() => take.run(true, true)}>
          {t('import.project.withSettings')}
        </Button>
      )}
      <Button ref={first} variant={isAlone ? 'filled' : 'light'} disabled={!canTake} loading={take.busy} onClick={() => take.run(true)}>
        {t(project?.origin === 'own' ? 'import.project.open' : target === undefined ? 'import.do.prepare' : 'import.do.version.prepare')}
      </Button>
    </>
  )
}

/** Takes a file into the library, or opens what is there already. */
export function ImportButtons(props: ButtonsProps) {
  const { phase } = props.item
  if (phase.kind === 'ready' && phase.duplicate !== undefined) return <DuplicateButtons {...props} duplicate={phase.duplicate} />
  return phase.kind === 'ready' || phase.kind === 'saving' ? <TakeButtons {...props} /> : undefined
}
