import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the studio keeps its library: GONGBANG_DATA, or the place that the system has for such data. */
export function dataFolder(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['GONGBANG_DATA']
  if (named !== undefined && named !== '') return resolve(named)
  if (process.platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Gongbang Studio')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Gongbang Studio')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'gongbang-studio')
}
