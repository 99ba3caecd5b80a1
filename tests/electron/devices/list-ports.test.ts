import { describe, expect, it } from 'vitest'
import { type PortSources, listPorts } from '../../../electron/devices/list-ports'

const gone = () => Promise.reject(new Error('spawn udevadm ENOENT'))

/** A computer's ports. */
function computer(change: Partial<PortSources>): PortSources {
  return { list: async () => [], readFolder: gone, resolve: gone, ...change }
}

describe('the list of ports', () => {
  it('names maker, identity and the machine that it may be', async () => {
    const list = async () => [{ path: '/dev/ttyACM0', manufacturer: 'Prusa Research', vendorId: '2C99', productId: '0002', serialNumber: 'CZPX1' }]
    expect(await listPorts([], computer({ list }))).toEqual([
      { path: '/dev/ttyACM0', label: 'Prusa Research (/dev/ttyACM0)', kind: 'serial', vendorId: '2c99', productId: '0002', serialNumber: 'CZPX1', profileId: 'prusa-mk3s' },
    ])
  })

  it('leaves out built-in ports without a USB identity', async () => {
    const list = async () => [{ path: '/dev/ttyS0' }, { path: '/dev/ttyS31' }, { path: '/dev/ttyUSB0' }]
    expect((await listPorts([], computer({ list }))).map(({ path }) => path)).toEqual(['/dev/ttyUSB0'])
  })

  it('suggests no single machine for an unknown device', async () => {
    const list = async () => [{ path: '/dev/ttyUSB0', vendorId: 'dead', productId: 'beef' }]
    expect((await listPorts([], computer({ list })))[0]).not.toHaveProperty('profileId')
  })

  it('looks into /dev without udev: lasting names first, then the rest', async () => {
    const folders: Record<string, string[]> = {
      '/dev/serial/by-id': ['usb-1a86_USB_Serial-if00-port0', 'usb-Prusa_Research_Original_Prusa_i3_MK3_CZPX1234X004-if00'],
      '/dev': ['null', 'ttyS0', 'ttyUSB0', 'ttyUSB1', 'ttyACM0', 'tty1'],
    }
    const links: Record<string, string> = { 'usb-1a86_USB_Serial-if00-port0': '/dev/ttyUSB0', 'usb-Prusa_Research_Original_Prusa_i3_MK3_CZPX1234X004-if00': '/dev/ttyACM0' }
    const ports = await listPorts([], { list: gone, readFolder: async (path) => folders[path] ?? [], resolve: async (path) => links[path.split('/').at(-1)!]! })
    expect(ports).toEqual([
      { path: '/dev/ttyUSB0', label: '1a86 USB Serial (/dev/ttyUSB0)', kind: 'serial' },
      { path: '/dev/ttyACM0', label: 'Prusa Research Original Prusa i3 MK3 (/dev/ttyACM0)', kind: 'serial', serialNumber: 'CZPX1234X004' },
      { path: '/dev/ttyUSB1', label: '/dev/ttyUSB1', kind: 'serial' },
    ])
  })

  it('never rejects, and adds what the user typed once', async () => {
    expect(await listPorts(['/dev/pts/7'], { list: gone, readFolder: gone, resolve: gone })).toEqual([{ path: '/dev/pts/7', label: '/dev/pts/7', kind: 'serial' }])
    const list = async () => [{ path: '/dev/ttyUSB0' }]
    expect(await listPorts(['/dev/ttyUSB0'], computer({ list }))).toHaveLength(1)
  })

  it('lists this computer’s ports', async () => {
    for (const port of await listPorts()) expect(port).toMatchObject({ kind: 'serial', path: expect.stringMatching(/./) })
    expect(Array.isArray(await listPorts())).toBe(true)
  })
})
