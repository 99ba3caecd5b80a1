import { type ChildProcess, spawn } from 'node:child_process'

/** Keeps the computer from going to sleep: what feeds a machine must not stop in the middle of a move. */
export interface KeepAwake {
  hold(): void
  release(): void
}

const WHO = 'Gongbang Studio'
const WHY = 'A machine is at work'

/** Holds until the process with this number ends, whatever ends it. */
function inhibitor(platform: NodeJS.Platform, pid: number): { readonly command: string; readonly args: readonly string[] } | undefined {
  switch (platform) {
    case 'linux':
      return { command: 'systemd-inhibit', args: ['--what=sleep:idle', `--who=${WHO}`, `--why=${WHY}`, '--mode=block', 'tail', `--pid=${pid}`, '-f', '/dev/null'] }
    case 'darwin':
      return { command: 'caffeinate', args: ['-i', '-w', String(pid)] }
    case 'win32': {
      // ES_CONTINUOUS and ES_SYSTEM_REQUIRED hold as long as this thread lives.
      const code = `$k=Add-Type -PassThru -Name K -MemberDefinition '[DllImport("kernel32.dll")] public static extern uint SetThreadExecutionState(uint f);'; [void]$k::SetThreadExecutionState([uint32]"0x80000001"); Wait-Process -Id ${pid}`
      return { command: 'powershell', args: ['-NoProfile', '-NonInteractive', '-Command', code] }
    }
    default:
      return undefined
  }
}

/**
 * Uses the system's own means: systemd's inhibitor, macOS' `caffeinate`, Windows' execution state. Where there is none the
 * computer sleeps as it likes; a job that it interrupts is recorded as what it is.
 */
export function createKeepAwake(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): KeepAwake {
  const how = inhibitor(platform, process.pid)
  let held: ChildProcess | undefined
  return {
    hold() {
      if (held || !how) return
      const child = spawn(how.command, how.args, { env, stdio: 'ignore', windowsHide: true })
      held = child
      child.on('error', () => undefined)
      child.unref()
    },
    release() {
      held?.kill()
      held = undefined
    },
  }
}

/** Holds while a job runs, as long as the topic of jobs goes on. */
export async function holdWhile(topic: AsyncIterable<unknown>, isRunning: () => boolean, keepAwake: KeepAwake): Promise<void> {
  let isHeld = false
  const change = (wanted: boolean) => {
    if (wanted === isHeld) return
    isHeld = wanted
    if (wanted) keepAwake.hold()
    else keepAwake.release()
  }
  try {
    for await (const _ of topic) change(isRunning())
  } finally {
    change(false)
  }
}
