import { readdir, realpath } from 'node:fs/promises'
import { SerialPort } from 'serialport'
import type { PortInfo } from '../../shared/contract/machines'
import { BUILTIN_MACHINES } from '../../shared/machine/builtin-machines'

/** Ports as serialport describes them; all but the path may be missing. */
interface FoundPort {
  readonly path: string
  readonly manufacturer?: string | undefined
  readonly vendorId?: string | undefined
  readonly productId?: string | undefined
  readonly serialNumber?: string | undefined
}

/** Where ports come from; tests hand in their own. */
export interface PortSources {
  /** The system's list; may reject (Linux without udev). */
  list(): Promise<readonly FoundPort[]>
  /** Names in a folder of /dev; may reject. */
  readFolder(path: string): Promise<readonly string[]>
  /** The device that a link points to; may reject. */
  resolve(path: string): Promise<string>
}

const SYSTEM: PortSources = { list: () => SerialPort.list(), readFolder: (path) => readdir(path), resolve: (path) => realpath(path) }
const BY_ID = '/dev/serial/by-id'
/** USB and Bluetooth serial devices of Linux and macOS; the 32 built-in ttyS of a Linux computer say nothing. */
const DEVICE_NAME = /^(ttyUSB|ttyACM|ttyAMA|rfcomm|cu\.usb|cu\.wchusb|cu\.SLAB)/
/** A built-in port without a USB identity: noise in the list, and it can still be typed. */
const BUILT_IN = /\/ttyS\d+$|\/tty\.(?:Bluetooth|debug)|\/cu\.(?:Bluetooth|debug)/

/** Lists serial ports, paths that the user typed last; never rejects. Without udev it looks into /dev itself. */
export async function listPorts(typedPaths: readonly string[] = [], sources: PortSources = SYSTEM): Promise<PortInfo[]> {
  const found = await sources.list().catch(() => listDevices(sources))
  const ports = found.filter((port) => port.vendorId !== undefined || !BUILT_IN.test(port.path)).map(describe)
  const known = new Set(ports.map((port) => port.path))
  const typed = typedPaths.filter((path) => !known.has(path)).map((path): PortInfo => ({ path, label: path, kind: 'serial' }))
  return [...ports, ...typed]
}

/** Devices by their lasting names in by-id, then those that have none. */
async function listDevices(sources: PortSources): Promise<FoundPort[]> {
  const ids = await sources.readFolder(BY_ID).catch(() => [])
  const named = await Promise.all(ids.map((id) => byId(id, sources)))
  const ports = named.filter((port): port is FoundPort => port !== undefined)
  const known = new Set(ports.map((port) => port.path))
  const names = await sources.readFolder('/dev').catch(() => [])
  const others = names.filter((name) => DEVICE_NAME.test(name)).map((name) => ({ path: `/dev/${name}` }))
  return [...ports, ...others.filter((port) => !known.has(port.path))]
}

/** `usb-Prusa_Research__prusa3d.com__Original_Prusa_i3_MK3_CZPX1234-if00`: the maker and the serial number stand in the name. */
async function byId(id: string, sources: PortSources): Promise<FoundPort | undefined> {
  const path = await sources.resolve(`${BY_ID}/${id}`).catch(() => undefined)
  if (path === undefined) return undefined
  const words = id.replace(/^usb-/, '').replace(/-(?:if|port)\d+.*$/, '').split('_').filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  const hasSerial = words.length > 1 && /^[A-Z0-9]{6,}$/i.test(last) && /\d/.test(last)
  return { path, manufacturer: (hasSerial ? words.slice(0, -1) : words).join(' '), ...(hasSerial ? { serialNumber: last } : {}) }
}

function describe({ path, manufacturer, vendorId, productId, serialNumber }: FoundPort): PortInfo {
  const profileId = suggestProfile(vendorId, productId)
  return {
    path,
    label: manufacturer === undefined || manufacturer === '' ? path : `${manufacturer} (${path})`,
    kind: 'serial',
    ...(vendorId === undefined ? {} : { vendorId: vendorId.toLowerCase() }),
    ...(productId === undefined ? {} : { productId: productId.toLowerCase() }),
    ...(serialNumber === undefined || serialNumber === '' ? {} : { serialNumber }),
    ...(profileId === undefined ? {} : { profileId }),
  }
}

/** The built-in machine with this USB identity: the one that names it alone, before those that share a common bridge. */
function suggestProfile(vendorId: string | undefined, productId: string | undefined): string | undefined {
  const vendor = vendorId?.toLowerCase()
  const product = productId?.toLowerCase()
  if (vendor === undefined || product === undefined) return undefined
  const fitting = BUILTIN_MACHINES.filter(({ usb }) => usb.some((id) => id.vendorId === vendor && id.productId === product))
  return fitting.toSorted((a, b) => a.usb.length - b.usb.length)[0]?.id
}
