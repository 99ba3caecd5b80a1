// Scripts that stand for Electron inside the page. Between the two worlds of a page only the DOM is shared, so calls
// cross as events whose `detail` is text: synchronous, as Electron's bridge is.

/** The wire from the preload script's world to the test's process. */
export const BINDING = '__toMain'

/** Runs in the page's own world, first: makes what preload exposes, frozen, out of functions that call across. */
export function mainWorldScript(): string {
  return `(${(() => {
    const listeners = new Map<number, (...words: unknown[]) => void>()
    const promises = new Map<number, (value: unknown) => void>()
    let next = 1
    const ask = (detail: unknown): { value?: unknown; unsubscribe?: number; promise?: number } => {
      let result = '{}'
      const take = (event: Event) => {
        result = (event as CustomEvent<string>).detail
      }
      document.addEventListener('double:result', take, { once: true })
      document.dispatchEvent(new CustomEvent('double:call', { detail: JSON.stringify(detail) }))
      document.removeEventListener('double:result', take)
      return JSON.parse(result) as { value?: unknown; unsubscribe?: number; promise?: number }
    }
    const receive = ({ value, unsubscribe, promise }: ReturnType<typeof ask>): unknown => {
      if (unsubscribe !== undefined) return () => receive(ask({ call: unsubscribe, words: [] }))
      return promise === undefined ? value : new Promise((resolve) => promises.set(promise, resolve))
    }
    const send = (word: unknown): unknown => {
      if (typeof word !== 'function') return { value: word }
      listeners.set(next, word as () => void)
      return { listener: next++ }
    }
    document.addEventListener('double:expose', (event) => {
      const { name, shape } = JSON.parse((event as CustomEvent<string>).detail) as { name: string; shape: [string, { value: unknown } | { call: number }][] }
      const members = shape.map(([key, part]) => [key, 'call' in part ? (...words: unknown[]) => receive(ask({ call: part.call, words: words.map(send) })) : part.value] as const)
      Object.defineProperty(window, name, { value: Object.freeze(Object.fromEntries(members)), enumerable: true })
    })
    document.addEventListener('double:callback', (event) => {
      const { listener, words } = JSON.parse((event as CustomEvent<string>).detail) as { listener: number; words: unknown[] }
      listeners.get(listener)?.(...words)
    })
    document.addEventListener('double:settle', (event) => {
      const { promise, value } = JSON.parse((event as CustomEvent<string>).detail) as { promise: number; value: unknown }
      promises.get(promise)?.(value)
    })
  }).toString()})()`
}

/** Runs in the isolated world: the `electron` module as a sandboxed preload script gets it, then the script itself. */
export function preloadWorldScript(preload: string): string {
  const modules = `(${(() => {
    const host = globalThis as unknown as Record<string, (...words: never[]) => unknown>
    const toMain = (message: unknown) => (host['__toMain'] as (text: string) => void)(JSON.stringify(message))
    const calls = new Map<number, (...words: unknown[]) => unknown>()
    const channels = new Map<string, Set<(event: object, ...words: unknown[]) => void>>()
    const waiting = new Map<number, (value: unknown) => void>()
    const ports = new Map<number, MessagePort>()
    let next = 1
    const emit = (name: string, detail: unknown) => document.dispatchEvent(new CustomEvent(name, { detail: JSON.stringify(detail) }))
    const register = (call: (...words: unknown[]) => unknown) => {
      calls.set(next, call)
      return next++
    }
    document.addEventListener('double:call', (event) => {
      const { call, words } = JSON.parse((event as CustomEvent<string>).detail) as { call: number; words: ({ value: unknown } | { listener: number })[] }
      const result = calls.get(call)?.(...words.map((word) => ('listener' in word ? (...given: unknown[]) => emit('double:callback', { listener: word.listener, words: given }) : word.value)))
      if (typeof result === 'function') emit('double:result', { unsubscribe: register(result as () => unknown) })
      else if (result instanceof Promise) {
        const promise = next++
        emit('double:result', { promise })
        void result.then((value: unknown) => emit('double:settle', { promise, value }))
      } else emit('double:result', { value: result })
    })
    const toEncoded = (data: unknown) => {
      if (typeof data === 'string') return { text: data }
      const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : undefined
      return bytes === undefined ? { json: data } : { base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) }
    }
    const openPort = (id: number) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }: MessageEvent) => toMain({ kind: 'port', id, data: toEncoded(data) })
      ports.set(id, port1)
      return port2
    }
    Object.assign(globalThis, {
      __deliver: ({ channel, message, ports: ids }: { channel: string; message: unknown; ports: number[] }) => {
        for (const listener of channels.get(channel) ?? []) listener({ ports: ids.map(openPort) }, message)
      },
      __portMessage: (id: number, data: { text?: string; base64?: string; json?: unknown }) => {
        ports.get(id)?.postMessage(data.text ?? (data.base64 === undefined ? data.json : Uint8Array.from(atob(data.base64), (letter) => letter.charCodeAt(0))))
      },
      __settle: (id: number, value: unknown) => waiting.get(id)?.(value),
    })
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, api: Record<string, unknown>) =>
          emit('double:expose', { name, shape: Object.entries(api).map(([key, part]) => [key, typeof part === 'function' ? { call: register(part as () => unknown) } : { value: part }]) }),
      },
      ipcRenderer: {
        on: (channel: string, listener: (event: object) => void) => channels.set(channel, (channels.get(channel) ?? new Set()).add(listener)),
        off: (channel: string, listener: (event: object) => void) => channels.get(channel)?.delete(listener),
        send: (channel: string, ...words: unknown[]) => toMain({ kind: 'send', channel, words }),
        invoke: (channel: string, ...words: unknown[]) =>
          new Promise((resolve) => {
            const id = next++
            waiting.set(id, resolve)
            toMain({ kind: 'invoke', id, channel, words })
          }),
      },
    }
    return (name: string) => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`)
      return electron
    }
  }).toString()})()`
  return `((require, process, exports) => { ${preload}\n})(${modules}, { platform: 'linux' }, {})`
}
