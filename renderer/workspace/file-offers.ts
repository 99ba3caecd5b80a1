import { create } from 'zustand'

/** Files that a screen hands to the import, for a design of their own or as versions of one. */
export interface FileOffer {
  readonly files: readonly { readonly file: File; readonly path: string }[]
  readonly target?: { readonly designId: string; readonly title: string }
}

/** Offers that the import hasn't taken yet. Screens offer, the import dialog takes: a feature knows no other. */
export const useFileOffers = create<{ readonly offers: readonly FileOffer[] }>()(() => ({ offers: [] }))

/** Hands files to the import. */
export function offerToImport(offer: FileOffer): void {
  useFileOffers.setState(({ offers }) => ({ offers: [...offers, offer] }))
}

/** Takes what was offered since the last call. */
export function takeOffers(): readonly FileOffer[] {
  const { offers } = useFileOffers.getState()
  if (offers.length > 0) useFileOffers.setState({ offers: [] })
  return offers
}
