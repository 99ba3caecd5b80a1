import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { create } from 'zustand'
import { STUDIO_PORT } from '../../shared/contract/bridge'
import { SOCKET_PATH, SOCKET_PROTOCOL, SOCKET_TOKEN_PREFIX } from '../../shared/contract/socket'
import { StudioError } from '../../shared/units/studio-error'
import { dropOfferedToken, keepToken, onTokenOffered, sessionToken } from './session-token'

/** `refused`: the host is there but doesn't take our token. */
export type ConnectionState = 'connecting' | 'open' | 'closed' | 'refused'
type Link = PortLink<Record<never, never>> | SocketLink<Record<never, never>>

interface Connection {
  readonly state: ConnectionState
}

export const useConnection = create<Connection>()(() => ({ state: 'connecting' }))

/** Waits between tries grow to this. */
const LONGEST_RETRY_MS = 5000
const FIRST_RETRY_MS = 300
/** A call waits this long for the studio before it fails. */
const CALL_WAIT_MS = 8000

let current: Link | undefined
let waiting: ((link: Link) => void)[] = []

function opened(link: Link): void {
  current = link
  useConnection.setState({ state: 'open' })
  for (const take of waiting.splice(0)) take(link)
}

function lost(state: 'closed' | 'refused'): void {
  current = undefined
  useConnection.setState({ state })
}

/** The link of now, or the next one. @throws StudioError 'studio/unreachable' when none comes in time */
export function studioLink(): Promise<Link> {
  start()
  if (current !== undefined) return Promise.resolve(current)
  return new Promise((resolve, reject) => {
    const take = (link: Link) => {
      clearTimeout(timer)
      resolve(link)
    }
    const timer = setTimeout(() => {
      waiting = waiting.filter((other) => other !== take)
      reject(new StudioError('studio/unreachable', 'The studio does not answer. Start it again with npm start.'))
    }, CALL_WAIT_MS)
    waiting.push(take)
  })
}

let isStarted = false
function start(): void {
  if (isStarted) return
  isStarted = true
  if (window.gongbang === undefined) keepSocket()
  else openPort(window.gongbang)
}

/** In the desktop app: a port to the studio in the main process, which lives as long as the app. */
function openPort(bridge: { connectStudio(): void }): void {
  window.addEventListener('message', (event) => {
    const [port] = event.ports
    if (event.source !== window || event.data !== STUDIO_PORT || port === undefined) return
    const link = new PortLink({ port })
    port.start()
    opened(link)
  })
  bridge.connectStudio()
}

/** In a browser: a WebSocket to the host, opened again whenever it is lost. */
function keepSocket(retryMs = FIRST_RETRY_MS): void {
  const token = sessionToken()
  const socket = new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}${SOCKET_PATH}`, [SOCKET_PROTOCOL, `${SOCKET_TOKEN_PREFIX}${token}`])
  socket.binaryType = 'arraybuffer'
  const link = new SocketLink({ websocket: socket })
  let wasOpen = false
  socket.addEventListener('open', () => {
    wasOpen = true
    keepToken(token)
    opened(link)
  })
  socket.addEventListener('close', () => void again())
  const again = async () => {
    const state = wasOpen ? 'closed' : await askWhy(token)
    if (state === 'refused') dropOfferedToken()
    lost(state)
    const nextMs = wasOpen ? FIRST_RETRY_MS : Math.min(LONGEST_RETRY_MS, retryMs * 2)
    const retry = () => {
      clearTimeout(timer)
      forget()
      keepSocket(nextMs)
    }
    const timer = setTimeout(retry, nextMs)
    // The printed address, opened in this window, is tried at once.
    const forget = onTokenOffered(retry)
  }
}

/** A browser doesn't tell why a socket was refused; a small request does. */
async function askWhy(token: string): Promise<'closed' | 'refused'> {
  try {
    const answer = await fetch(`/blob/${'0'.repeat(64)}`, { method: 'HEAD', headers: { authorization: `Bearer ${token}` } })
    return answer.status === 401 ? 'refused' : 'closed'
  } catch {
    return 'closed'
  }
}
