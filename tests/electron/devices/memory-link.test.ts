import { describe, expect, it } from 'vitest'
import { createMemoryPair } from '../../../electron/devices/memory-link'
import { itIsALink } from '../../contracts/link'

describe('a link in memory', () => {
  itIsALink(async () => {
    const { host, device } = createMemoryPair({ path: 'virtual', baudRate: 115_200 })
    return { link: host, far: device }
  })

  it('passes a pulse of DTR on to the machine', async () => {
    let resets = 0
    const { host } = createMemoryPair({ path: 'virtual', baudRate: 115_200, onDtr: () => resets++ })
    expect(await host.pulseDtr()).toBe(true)
    expect(resets).toBe(1)
  })
})
