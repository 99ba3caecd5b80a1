import { useCallback, useEffect, useRef, useState } from 'react'
import { notifyError } from './notify'

/** Runs something that takes a moment: `busy` meanwhile, errors are told, a second call waits for no one. */
export function useAction<A extends readonly unknown[]>(act: (...args: A) => Promise<unknown>): { readonly busy: boolean; readonly run: (...args: A) => void } {
  const [busy, setBusy] = useState(false)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const run = useCallback((...args: A) => {
    setBusy(true)
    latest
      .current(...args)
      .catch(notifyError)
      .finally(() => setBusy(false))
  }, [])
  return { busy, run }
}
