import boldUrl from 'pretendard/dist/public/static/Pretendard-Bold.otf?url'
import regularUrl from 'pretendard/dist/public/static/Pretendard-Regular.otf?url'
import { StudioError } from '../../shared/units/studio-error'

/** Fonts that come with the studio, Latin and Korean, in the order in which they are offered. */
export const RELIEF_FONTS = ['bold', 'regular'] as const
export type ReliefFont = (typeof RELIEF_FONTS)[number]

const URLS: Readonly<Record<ReliefFont, string>> = { bold: boldUrl, regular: regularUrl }
const loaded = new Map<ReliefFont, Promise<Uint8Array>>()

async function load(font: ReliefFont): Promise<Uint8Array> {
  const response = await fetch(URLS[font])
  if (!response.ok) throw new StudioError('emboss/unreadable-font', 'This font file can’t be read: a TrueType or OpenType font (.ttf, .otf) is needed.')
  return new Uint8Array(await response.arrayBuffer())
}

/** The file of a font, read when it is first wanted. @throws StudioError 'emboss/unreadable-font' */
export function reliefFont(font: ReliefFont): Promise<Uint8Array> {
  const kept = loaded.get(font) ?? load(font)
  loaded.set(font, kept)
  kept.catch(() => loaded.delete(font))
  return kept
}
