import { useEffect, useState } from 'react'
import type { Toolpath } from '../../shared/toolpath/toolpath'
import type { ToolpathData } from './toolpath-data'

const laidOut = new WeakMap<Toolpath, Promise<ToolpathData>>()

function layOut(toolpath: Toolpath): Promise<ToolpathData> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./toolpath-worker.ts', import.meta.url), { type: 'module', name: 'toolpath' })
    worker.addEventListener('message', ({ data }: MessageEvent<ToolpathData>) => {
      worker.terminate()
      resolve(data)
    })
    worker.addEventListener('error', (event) => {
      worker.terminate()
      reject(new Error(event.message === '' ? 'the toolpath worker could not be started' : event.message))
    })
    worker.postMessage(toolpath)
  })
}

export type LaidOut = { readonly kind: 'none' | 'busy' } | { readonly kind: 'ready'; readonly data: ToolpathData } | { readonly kind: 'failed'; readonly error: unknown }

/** A toolpath laid out for drawing, made once in a worker. */
export function useToolpathData(toolpath: Toolpath | undefined): LaidOut {
  const [state, setState] = useState<LaidOut>({ kind: toolpath === undefined ? 'none' : 'busy' })
  useEffect(() => {
    if (toolpath === undefined) {
      setState({ kind: 'none' })
      return undefined
    }
    let isWanted = true
    const kept = laidOut.get(toolpath) ?? layOut(toolpath)
    laidOut.set(toolpath, kept)
    setState({ kind: 'busy' })
    kept.then(
      (data) => isWanted && setState({ kind: 'ready', data }),
      (error: unknown) => {
        laidOut.delete(toolpath)
        if (isWanted) setState({ kind: 'failed', error })
      },
    )
    return () => {
      isWanted = false
    }
  }, [toolpath])
  return state
}
