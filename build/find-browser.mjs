// Finds a Chromium for the browser tests, or installs Debian's where that is allowed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'msedge']
const MAC_PATHS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge']
const WINDOWS_PATHS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe', 'Chromium\\Application\\chrome.exe']

/**
 * Every place where a browser may lie on this kind of computer, the one that the user named first.
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} platform
 */
export function browserCandidates(environment = process.env, platform = process.platform) {
  const named = environment.GONGBANG_BROWSER === undefined ? [] : [environment.GONGBANG_BROWSER]
  if (platform === 'darwin') return [...named, ...MAC_PATHS]
  if (platform === 'win32') {
    const roots = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA].filter((folder) => folder !== undefined)
    return [...named, ...roots.flatMap((folder) => WINDOWS_PATHS.map((path) => `${folder}\\${path}`))]
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...named, ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))]
}

/** The path of the first browser that is there, or undefined. */
export function findBrowser(environment = process.env) {
  return browserCandidates(environment).find((file) => existsSync(file))
}

/** Installs Debian's chromium when this is Debian and we are root; answers its path, or undefined. */
export function installBrowser() {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version') && process.env.GONGBANG_NO_INSTALL === undefined
  if (!mayInstall) return undefined
  process.stderr.write('gongbang: no browser found; installing Debian\'s chromium for the browser tests ...\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...words) => spawnSync('apt-get', words, { env, stdio: ['ignore', 2, 2] }).status === 0
  const isDone = apt('install', '-y', '--no-install-recommends', 'chromium') || (apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium'))
  return isDone ? findBrowser() : undefined
}

/** A browser, found or installed; otherwise a sentence that says what to install. */
export function requireBrowser() {
  const file = findBrowser() ?? installBrowser()
  if (file !== undefined) return { file }
  return { missing: 'No Chromium-based browser was found. Install Chrome, Chromium or Edge, or name one in GONGBANG_BROWSER, and run npm test again.' }
}
