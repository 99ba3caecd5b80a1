import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type History, reduceHistory, startHistory } from '../../../renderer/workspace/history'

const edit = (history: History<number>, state: number, merge?: string) => reduceHistory(history, { kind: 'edit', state, label: { key: String(state) }, merge })
const undo = (history: History<number>) => reduceHistory(history, { kind: 'undo' })
const redo = (history: History<number>) => reduceHistory(history, { kind: 'redo' })

describe('history', () => {
  it('goes back over every edit and forth again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1 }), { minLength: 1, maxLength: 30 }), (states) => {
        const edited = states.reduce((history, state) => edit(history, state), startHistory(0))
        const back = states.reduce(undo, edited)
        expect(back.present).toBe(0)
        expect(states.reduce(redo, back)).toEqual({ ...edited, merge: undefined })
      }),
    )
  })

  it('takes the steps of a drag back at once, and begins anew after it was let go', () => {
    const dragged = edit(edit(startHistory(0), 1, 'drag'), 2, 'drag')
    expect(undo(dragged).present).toBe(0)
    const again = edit(reduceHistory(dragged, { kind: 'settle' }), 3, 'drag')
    expect(undo(again).present).toBe(2)
  })

  it('forgets what was undone once something else is done', () => {
    const history = edit(undo(edit(startHistory(0), 1)), 2)
    expect(history.future).toEqual([])
    expect(redo(history)).toBe(history)
  })

  it('makes no step of an edit that changes nothing', () => {
    const history = edit(startHistory(0), 1)
    expect(edit(history, 1)).toBe(history)
  })

  it('does not merge an edit into a step that was undone', () => {
    const undone = undo(edit(edit(startHistory(0), 1), 2, 'drag'))
    expect(undo(edit(undone, 5, 'drag')).present).toBe(1)
  })
})
