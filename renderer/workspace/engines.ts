import { create } from 'zustand'
import type { Engine } from '../../shared/contract/engines'
import { getClient } from '../client/client'

/** Other slicers of the studio's computer; undefined until it was asked. */
export const useEngines = create<{ readonly engines: readonly Engine[] | undefined }>()(() => ({ engines: undefined }))

let asking: Promise<void> | undefined

/** Asks the studio once which slicers there are. Callers that may not know are told of none. */
export function askForEngines(): void {
  asking ??= getClient()
    .engines.list()
    .then(
      (engines) => useEngines.setState({ engines }),
      () => {
        // Asked again next time: a studio that is away comes back.
        asking = undefined
        useEngines.setState({ engines: [] })
      },
    )
}

/** Names the program of an engine, or forgets it. @throws what the studio refuses */
export async function chooseEngine(kind: Engine['kind'], path: string | null): Promise<void> {
  useEngines.setState({ engines: await getClient().engines.choose({ kind, path }) })
}
