import { beforeEach, describe, expect, it } from 'vitest'
import { gcodeLine, lineOffsets } from '../../../../renderer/features/preview/gcode-lines'
import { beginPrint, showLayers, shownMoves, stepLayer, stepMove, toggleRole, usePreview } from '../../../../renderer/features/preview/preview-state'
import { gcodeFileName } from '../../../../renderer/features/preview/save-gcode'

// Three layers of 10, 5 and 20 moves.
const STARTS = Uint32Array.from([0, 10, 15, 35])
const moves = () => shownMoves(STARTS, usePreview.getState())

describe('what the preview shows', () => {
  beforeEach(() => void beginPrint({}, 3))

  it('begins with the whole print, and again only for another one', () => {
    expect(moves()).toEqual({ first: 0, end: 35, layerStart: 15, layerEnd: 35 })
    const print = {}
    beginPrint(print, 3)
    showLayers(0, 1)
    expect(beginPrint(print, 3)).toBe(false)
    expect(usePreview.getState().top).toBe(1)
  })

  it('shows layers from one to another, whole', () => {
    showLayers(1, 1)
    expect(moves()).toMatchObject({ first: 10, end: 15 })
  })

  it('steps over layers and stays within the print', () => {
    stepLayer(-1, 3)
    expect(usePreview.getState().top).toBe(1)
    stepLayer(-10, 3)
    expect(usePreview.getState().top).toBe(0)
    stepLayer(10, 3)
    expect(usePreview.getState().top).toBe(2)
  })

  it('takes the lowest layer along when the highest passes it', () => {
    showLayers(2, 2)
    stepLayer(-2, 3)
    expect(usePreview.getState()).toMatchObject({ bottom: 0, top: 0 })
  })

  it('steps over moves from layer to layer', () => {
    showLayers(0, 1)
    stepMove(1, STARTS)
    expect(usePreview.getState()).toMatchObject({ top: 2, moves: 1 })
    stepMove(-1, STARTS)
    expect(moves().end).toBe(15)
    expect(usePreview.getState().top).toBe(1)
    stepMove(-1000, STARTS)
    expect(moves().end).toBe(1)
  })

  it('shows a role or leaves it out', () => {
    expect(usePreview.getState().hidden.has('travel')).toBe(true)
    toggleRole('travel')
    expect(usePreview.getState().hidden.has('travel')).toBe(false)
    toggleRole('travel')
    expect(usePreview.getState().hidden.has('travel')).toBe(true)
  })
})

describe('lines of the file', () => {
  it('are found by their number', () => {
    const bytes = new TextEncoder().encode('G28\r\nG1 X1\n;end')
    const offsets = lineOffsets(bytes)
    expect([1, 2, 3, 4].map((line) => gcodeLine(bytes, offsets, line))).toEqual(['G28', 'G1 X1', ';end', ''])
  })

  it('get a file name that every system takes', () => {
    expect(gcodeFileName('a/b: "c"')).toBe('a_b_ _c_.gcode')
    expect(gcodeFileName(' ')).toBe('print.gcode')
    expect(gcodeFileName('달항아리')).toBe('달항아리.gcode')
  })
})
