import { useMemo } from 'react'
import { type Command, useCommands } from '../../ui/commands'
import { navigate } from '../../ui/navigate'
import { VIEW_PRESETS } from '../../viewer/view-presets'
import { toolpathBox } from '../../workspace/part-shape'
import type { ReadyPrint } from '../../workspace/ready-print'
import { printViewer, showWholePrint, stepLayer, stepMove, usePreview } from './preview-state'

const MANY_LAYERS = 10
const MANY_MOVES = 50

function walkCommands(layerCount: number, layerStarts: Uint32Array): Command[] {
  const layer = (by: number) => () => stepLayer(by, layerCount)
  const move = (by: number) => () => stepMove(by, layerStarts)
  return [
    { id: 'preview.layerUp', title: 'preview.key.layerUp', shortcut: 'arrowup', run: layer(1) },
    { id: 'preview.layerDown', title: 'preview.key.layerDown', shortcut: 'arrowdown', run: layer(-1) },
    { id: 'preview.layersUp', title: 'preview.key.layersUp', shortcut: 'shift+arrowup', run: layer(MANY_LAYERS) },
    { id: 'preview.layersDown', title: 'preview.key.layersDown', shortcut: 'shift+arrowdown', run: layer(-MANY_LAYERS) },
    { id: 'preview.moveOn', title: 'preview.key.moveOn', shortcut: 'arrowright', run: move(1) },
    { id: 'preview.moveBack', title: 'preview.key.moveBack', shortcut: 'arrowleft', run: move(-1) },
    { id: 'preview.movesOn', title: 'preview.key.movesOn', shortcut: 'shift+arrowright', run: move(MANY_MOVES) },
    { id: 'preview.movesBack', title: 'preview.key.movesBack', shortcut: 'shift+arrowleft', run: move(-MANY_MOVES) },
    { id: 'preview.first', title: 'preview.key.first', shortcut: 'home', run: layer(-layerCount) },
    { id: 'preview.whole', title: 'preview.key.whole', shortcut: 'end', run: () => showWholePrint(layerCount) },
    { id: 'preview.play', title: 'preview.play', shortcut: 'space', run: () => usePreview.setState(({ isPlaying }) => ({ isPlaying: !isPlaying })) },
  ]
}

/** Everything that can be done with the preview by key or from the palette. */
export function usePreviewCommands(print: ReadyPrint, layerStarts: Uint32Array | undefined): void {
  const commands = useMemo(
    (): Command[] => [
      ...(layerStarts === undefined ? [] : walkCommands(layerStarts.length - 1, layerStarts)),
      { id: 'view.fit', title: 'prepare.fit', shortcut: 'f', run: () => printViewer.fit(toolpathBox(print.toolpath)) },
      ...VIEW_PRESETS.map((preset, index): Command => ({ id: `view.${preset}`, title: `prepare.view.${preset}`, shortcut: `${index + 1}`, run: () => printViewer.setView(preset) })),
      { id: 'view.nearer', title: 'prepare.nearer', shortcut: '=', run: () => printViewer.zoom(1.25) },
      { id: 'view.farther', title: 'prepare.farther', shortcut: '-', run: () => printViewer.zoom(0.8) },
      { id: 'preview.print', title: 'prepare.print', run: () => navigate('/print') },
    ],
    [print, layerStarts],
  )
  useCommands(commands)
}
