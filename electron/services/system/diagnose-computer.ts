import type { DoctorCheck } from '../../../shared/contract/system'
import type { ComputerFacts } from './computer'

/** Below this a long job's journal, its G-code and the library may not fit. */
const LITTLE_SPACE_BYTES = 2 * 1024 ** 3
const WANTED_NODE = { major: 20, minor: 19 }

type Judge = (facts: ComputerFacts) => DoctorCheck | undefined

const nodeVersion: Judge = ({ nodeVersion: version }) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const isEnough = major > WANTED_NODE.major || (major === WANTED_NODE.major && minor >= WANTED_NODE.minor)
  const values = { version, wanted: `${WANTED_NODE.major}.${WANTED_NODE.minor}` }
  return isEnough
    ? { id: 'node', case: 'ok', state: 'ok', message: `Node ${version}.`, values }
    : { id: 'node', case: 'old', state: 'missing', message: `Node ${version} is too old.`, remedy: `Install Node ${values.wanted} or newer from https://nodejs.org`, values }
}

const dataFolder: Judge = ({ dataDir, isDataDirWritable }) =>
  isDataDirWritable
    ? { id: 'data', case: 'ok', state: 'ok', message: `The library can be written in ${dataDir}.`, values: { path: dataDir } }
    : { id: 'data', case: 'refused', state: 'missing', message: `The library can't be written in ${dataDir}.`, remedy: 'Give this user the right to write there, or name another folder in GONGBANG_DATA.', values: { path: dataDir } }

const disk: Judge = ({ freeBytes }) => {
  if (freeBytes === undefined) return { id: 'disk', case: 'unknown', state: 'unknown', message: 'The free space of the disk could not be read.' }
  const values = { gigabytes: Math.floor(freeBytes / 1e8) / 10 }
  return freeBytes < LITTLE_SPACE_BYTES
    ? { id: 'disk', case: 'little', state: 'warning', message: `Only ${values.gigabytes} GB are free on the library's disk.`, remedy: 'Free some space before long jobs, or move the library with GONGBANG_DATA.', values }
    : { id: 'disk', case: 'ok', state: 'ok', message: `${values.gigabytes} GB are free on the library's disk.`, values }
}

const serialPermission: Judge = ({ serialGroup, serialPorts }) => {
  const closed = serialPorts.filter((port) => !port.isAccessible && port.heldBy === undefined)
  if (closed.length === 0 && (serialGroup === undefined || serialGroup.isMember || serialPorts.length > 0)) {
    return { id: 'serial-permission', case: 'ok', state: 'ok', message: 'Serial ports may be opened.' }
  }
  const group = serialGroup?.name ?? 'dialout'
  const values = { group, ports: closed.map((port) => port.path).join(', ') }
  const remedy = `Run: sudo usermod -a -G ${group} $USER, then log out and in again.`
  return closed.length > 0
    ? { id: 'serial-permission', case: 'denied', state: 'missing', message: `This user may not open ${values.ports}.`, remedy, values }
    : { id: 'serial-permission', case: 'group', state: 'warning', message: `This user isn't in the group ${group}, so a printer that is plugged in may not open.`, remedy, values }
}

const serialPorts: Judge = ({ serialPorts: ports }) => {
  if (ports.length === 0) return { id: 'serial-ports', case: 'none', state: 'warning', message: 'No serial port is here.', remedy: 'Plug the machine in by USB and switch it on. Until then the virtual printer works.' }
  const held = ports.filter((port) => port.heldBy !== undefined)
  const values = { ports: ports.map((port) => port.path).join(', '), held: held.map((port) => `${port.path} (${port.heldBy})`).join(', ') }
  return held.length > 0
    ? { id: 'serial-ports', case: 'held', state: 'warning', message: `Another program has a serial port open: ${values.held}.`, remedy: 'Close that program before you connect the machine.', values }
    : { id: 'serial-ports', case: 'ok', state: 'ok', message: `Serial ports: ${values.ports}.`, values }
}

const udev: Judge = ({ platform, hasUdev }) => {
  if (platform !== 'linux') return undefined
  return hasUdev
    ? { id: 'udev', case: 'ok', state: 'ok', message: 'udev names what is plugged in.' }
    : { id: 'udev', case: 'absent', state: 'warning', message: "udevadm isn't here; ports are found by their names in /dev, without maker and model.", remedy: 'Install the package udev (systemd-udev) to see maker and model.' }
}

const seizers: Judge = ({ platform, seizers: programs }) => {
  if (platform !== 'linux') return undefined
  const values = { programs: programs.join(', ') }
  return programs.length > 0
    ? { id: 'seizers', case: 'running', state: 'warning', message: `${values.programs} is running and may seize a printer's port for some seconds.`, remedy: 'If the printer does not answer after plugging in: remove brltty if no Braille display is used; tell ModemManager to leave the port alone, or stop it.', values }
    : { id: 'seizers', case: 'ok', state: 'ok', message: 'No program that seizes serial ports is running.' }
}

const browser: Judge = ({ browser: path }) =>
  path === undefined
    ? { id: 'browser', case: 'none', state: 'warning', message: 'No Chromium-based browser was found.', remedy: 'Install Chrome, Chromium or Edge, or use the desktop app.' }
    : { id: 'browser', case: 'ok', state: 'ok', message: `Browser: ${path}.`, values: { path } }

const electron: Judge = ({ electron: state }) => {
  if (state === 'running') return { id: 'electron', case: 'running', state: 'ok', message: 'The studio runs as the desktop app.' }
  return state === 'installed'
    ? { id: 'electron', case: 'installed', state: 'ok', message: "Electron's program is here: npm start opens the desktop app." }
    : { id: 'electron', case: 'absent', state: 'warning', message: "Electron's program isn't here: npm start opens the studio in the browser.", remedy: 'With access to the internet, run: npx install-electron' }
}

const graphics: Judge = ({ renderNodes }) => {
  if (renderNodes === undefined) return { id: 'graphics', case: 'unknown', state: 'unknown', message: "The terminal can't tell how 3D is drawn; Settings in the window can." }
  return renderNodes.length > 0
    ? { id: 'graphics', case: 'node', state: 'unknown', message: `A graphics device is here (${renderNodes.join(', ')}); whether the browser draws with it, Settings in the window tells.`, values: { nodes: renderNodes.join(', ') } }
    : { id: 'graphics', case: 'none', state: 'warning', message: 'No graphics device was found; the processor draws 3D, and large models turn slowly.', remedy: "Install the graphics card's driver." }
}

const pty: Judge = ({ platform, hasPty }) => {
  if (hasPty) return { id: 'pty', case: 'ok', state: 'ok', message: 'The virtual printer can be given a real serial line.' }
  return platform === 'win32'
    ? { id: 'pty', case: 'windows', state: 'ok', message: 'The virtual printer runs inside the studio; Windows has no pseudo terminals for serial lines.' }
    : { id: 'pty', case: 'none', state: 'warning', message: "Pseudo terminals can't be opened; the virtual printer runs inside the studio instead of on a serial line.", remedy: 'Check that /dev/ptmx may be read and written by this user.' }
}

const language: Judge = ({ locale }) => {
  const isSpoken = /^(en|ko)\b/i.test(locale)
  return isSpoken
    ? { id: 'language', case: 'ok', state: 'ok', message: `Language of this computer: ${locale}.`, values: { locale } }
    : { id: 'language', case: 'other', state: 'ok', message: `Language of this computer: ${locale}; the studio speaks English and Korean, and starts in English.`, values: { locale } }
}

const JUDGES: readonly Judge[] = [nodeVersion, dataFolder, disk, serialPermission, serialPorts, udev, seizers, browser, electron, graphics, pty, language]

/** Judges what was found out about a computer: one entry a check, each that isn't fine with what to do about it. */
export function diagnoseComputer(facts: ComputerFacts): DoctorCheck[] {
  return JUDGES.map((judge) => judge(facts)).filter((check) => check !== undefined)
}
