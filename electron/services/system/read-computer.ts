import { constants, existsSync } from 'node:fs'
import { access, mkdir, readFile, readdir, readlink, rm, statfs, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import type { ComputerFacts, SerialPortFact } from './computer'

const SEIZERS: ReadonlySet<string> = new Set(['ModemManager', 'brltty'])
const SERIAL_GROUPS: ReadonlySet<string> = new Set(['dialout', 'uucp'])
const LINUX_PORT = /^(ttyUSB|ttyACM)\d+$/
const MAC_PORT = /^cu\.(usb|wch|SLAB)/i
const LINUX_BROWSERS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge']
const MAC_BROWSERS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
const WINDOWS_BROWSERS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}

async function listFolder(path: string): Promise<string[]> {
  return readdir(path).catch(() => [])
}

/** Writes and removes a file: rights alone don't tell of a full or read-only disk. */
async function isWritable(folder: string): Promise<boolean> {
  const probe = join(folder, `.doctor-${process.pid}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(probe, 'probe')
    await rm(probe)
    return true
  } catch {
    return false
  }
}

function findOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file))
}

function findBrowser(): string | undefined {
  const named = process.env['GONGBANG_BROWSER']
  if (named !== undefined && existsSync(named)) return named
  if (process.platform === 'darwin') return MAC_BROWSERS.find((file) => existsSync(file))
  if (process.platform !== 'win32') return findOnPath(LINUX_BROWSERS)
  const roots = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].filter((root) => root !== undefined)
  return roots.flatMap((root) => WINDOWS_BROWSERS.map((path) => join(root, path))).find((file) => existsSync(file))
}

/** Linux: name of each process by its number, and which files it has open as far as we may look. */
async function readProcesses(): Promise<{ name: string; openFiles: string[] }[]> {
  const numbers = (await listFolder('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(
    numbers.map(async (number) => {
      const name = (await readFile(`/proc/${number}/comm`, 'utf8').catch(() => '')).trim()
      const descriptors = number === String(process.pid) ? [] : await listFolder(`/proc/${number}/fd`)
      const links = await Promise.all(descriptors.map((descriptor) => readlink(`/proc/${number}/fd/${descriptor}`).catch(() => '')))
      return { name, openFiles: links.filter((link) => link.startsWith('/dev/tty')) }
    }),
  )
}

async function readSerialPorts(processes: readonly { name: string; openFiles: string[] }[]): Promise<SerialPortFact[]> {
  const pattern = process.platform === 'linux' ? LINUX_PORT : process.platform === 'darwin' ? MAC_PORT : undefined
  const names = pattern === undefined ? [] : (await listFolder('/dev')).filter((name) => pattern.test(name))
  return Promise.all(
    names.map(async (name) => {
      const path = `/dev/${name}`
      const heldBy = processes.find((other) => other.openFiles.includes(path))?.name
      return { path, isAccessible: await may(path, constants.R_OK | constants.W_OK), ...(heldBy === undefined ? {} : { heldBy }) }
    }),
  )
}

/** The group that may open serial ports, from /etc/group; root needs none. */
async function readSerialGroup(): Promise<ComputerFacts['serialGroup']> {
  if (process.platform !== 'linux') return undefined
  const lines = (await readFile('/etc/group', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))
  const [name, , number] = lines.find(([candidate]) => candidate !== undefined && SERIAL_GROUPS.has(candidate)) ?? []
  if (name === undefined) return undefined
  const isMember = process.getuid?.() === 0 || (process.getgroups?.() ?? []).includes(Number(number))
  return { name, isMember }
}

function electronState(): ComputerFacts['electron'] {
  if (process.versions['electron'] !== undefined) return 'running'
  try {
    const packageFile = createRequire(import.meta.url).resolve('electron/package.json')
    return existsSync(join(packageFile, '../dist')) ? 'installed' : 'absent'
  } catch {
    return 'absent'
  }
}

async function freeBytesOf(folder: string): Promise<number | undefined> {
  return statfs(folder).then(
    (disk) => disk.bavail * disk.bsize,
    () => undefined,
  )
}

/** Looks at this computer; what can't be read is left unknown, never an error. */
export async function readComputer(dataDir: string): Promise<ComputerFacts> {
  const isLinux = process.platform === 'linux'
  const isDataDirWritable = await isWritable(dataDir)
  const processes = isLinux ? await readProcesses() : []
  return {
    platform: process.platform,
    nodeVersion: process.version,
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    dataDir,
    isDataDirWritable,
    freeBytes: await freeBytesOf(dataDir),
    serialPorts: await readSerialPorts(processes),
    serialGroup: await readSerialGroup(),
    hasUdev: isLinux && findOnPath(['udevadm']) !== undefined,
    seizers: [...new Set(processes.map((other) => other.name).filter((name) => SEIZERS.has(name)))],
    browser: findBrowser(),
    electron: electronState(),
    renderNodes: isLinux ? (await listFolder('/dev/dri')).filter((name) => name.startsWith('renderD')) : undefined,
    hasPty: process.platform !== 'win32' && (await may('/dev/ptmx', constants.R_OK | constants.W_OK)),
  }
}
