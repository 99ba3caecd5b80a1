import { describe, expect, it } from 'vitest'
import { appKeepsAwake } from '../../../electron/shell/app-keeps-awake'
import { recorded } from './electron-double'

describe('the desktop app', () => {
  it('holds off the sleep of the computer once, and lets it go', () => {
    const awake = appKeepsAwake()
    awake.hold()
    awake.hold()
    expect([...recorded.heldAwake.values()]).toEqual(['prevent-app-suspension'])
    awake.release()
    awake.release()
    expect(recorded.heldAwake.size).toBe(0)
  })
})
