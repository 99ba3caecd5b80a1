// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { badConnectors, connectorStyle, cutPlane, spreadConnectors, startCut, toggleConnector, toCutPlane, useCut } from '../../../../renderer/features/prepare/cut-state'
import { withTransform } from '../../../../renderer/workspace/plate-edits'
import { axisRotation } from '../../../../renderer/workspace/rotation'
import { sectionLines } from '../../../../shared/mesh/section-lines'
import { CUBE, cubeAt } from '../../workspace/plates'

const cube = cubeAt('cube', 100, 100)
const STYLE = { shape: 'round', widthMm: 4, depthMm: 3, clearanceMm: 0.1, marginMm: 1 } as const

describe('the plane of a cut', () => {
  beforeEach(() => useCut.setState({ objectId: undefined, connectors: [], joint: 'dowel', style: STYLE, count: 2 }))

  it('begins level in the middle of a part, and stays where it was put while it goes through it', () => {
    startCut(cube, CUBE)
    expect(useCut.getState()).toMatchObject({ objectId: 'cube', originMm: [100, 100, 10], rotation: [0, 0, 0, 1] })
    useCut.setState({ originMm: [100, 100, 4], rotation: axisRotation('x', 20) })
    startCut(cube, CUBE)
    expect(useCut.getState().originMm).toEqual([100, 100, 4])
    startCut(withTransform(cube, { positionMm: [100, 100, 80] }), CUBE)
    expect(useCut.getState()).toMatchObject({ originMm: [100, 100, 80], rotation: [0, 0, 0, 1] })
  })

  it('takes connectors by clicks: a second one on a connector takes it away', () => {
    startCut(cube, CUBE)
    toggleConnector({ xMm: 0, yMm: 0 })
    toggleConnector({ xMm: 6, yMm: 0 })
    expect(useCut.getState().connectors).toHaveLength(2)
    toggleConnector({ xMm: 6.5, yMm: 0.5 })
    expect(useCut.getState().connectors).toEqual([{ xMm: 0, yMm: 0 }])
  })

  it('spreads connectors that are all good where they are', () => {
    startCut(cube, CUBE)
    expect(spreadConnectors(cube, CUBE)).toBe(2)
    const { connectors } = useCut.getState()
    const lines = sectionLines(CUBE, toCutPlane(cube, cutPlane(useCut.getState())))
    expect(badConnectors([lines], connectors, connectorStyle(useCut.getState()))).toEqual(new Set())
    useCut.setState({ style: { ...STYLE, widthMm: 30 } })
    expect(spreadConnectors(cube, CUBE)).toBe(0)
  })

  it('knows which connectors are too close to the edge or to each other', () => {
    startCut(cube, CUBE)
    const lines = sectionLines(CUBE, toCutPlane(cube, cutPlane(useCut.getState())))
    const style = connectorStyle(useCut.getState())
    expect(badConnectors([lines], [{ xMm: 0, yMm: 0 }, { xMm: 8, yMm: 0 }, { xMm: -6, yMm: -6 }], style)).toEqual(new Set([1]))
    expect(badConnectors([lines], [{ xMm: 0, yMm: 0 }, { xMm: 3, yMm: 0 }, { xMm: -6, yMm: -6 }], style)).toEqual(new Set([0, 1]))
  })
})
