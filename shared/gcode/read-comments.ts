import { ROLE, MOVE_ROLES } from '../toolpath/toolpath'
import { decodeBase64 } from './base64'
import type { GcodeThumbnail, ThumbnailFormat } from './gcode-options'
import { ROLE_OF_TYPE } from './role-comments'

/** What a file's comments say about it. */
export interface GcodeMetadata {
  readonly generator?: string
  readonly title?: string
  /** `Marlin`, `Griffin`, `klipper` ... as the slicer wrote it. */
  readonly flavor?: string
  /** The slicer's own estimates. */
  readonly timeS?: number
  readonly filamentMm?: number
  readonly layerCount?: number
  readonly thumbnails: readonly GcodeThumbnail[]
  /** `key = value` comments, as text. */
  readonly settings: Readonly<Record<string, string>>
}

/** Who is told what stands in comments between moves. */
export interface CommentListener {
  layerStarts(): void
  layerZ(zMm: number): void
  layerHeight(heightMm: number): void
  lineWidth(widthMm: number): void
  role(role: number): void
  object(name: string): void
}

const MAX_SETTINGS = 2000
const MAX_THUMBNAIL_TEXT = 4_000_000

/** Reads comment lines one by one and collects the metadata. */
export class CommentReader {
  private readonly found: { -readonly [K in keyof GcodeMetadata]?: GcodeMetadata[K] } = {}
  private readonly thumbnails: GcodeThumbnail[] = []
  private readonly settings: Record<string, string> = Object.create(null) as Record<string, string>
  private settingCount = 0
  private picture: { width: number; height: number; text: string[]; length: number } | undefined

  constructor(private readonly listener: CommentListener) {}

  metadata(): GcodeMetadata {
    return { ...this.found, thumbnails: this.thumbnails, settings: { ...this.settings } }
  }

  /** Takes a comment that stands alone on its line, without its semicolon. */
  read(comment: string): void {
    if (this.picture) this.pictureLine(this.picture, comment.trim())
    else if (!this.structure(comment)) this.describe(comment.trim())
  }

  /** Layers, roles and widths, in the words of each slicer; true when it was one. */
  private structure(comment: string): boolean {
    const text = comment.trim()
    const colon = text.indexOf(':')
    const key = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + 1).trim()
    switch (key) {
      case 'LAYER': // Cura, ideaMaker, Kiri and ours: `;LAYER:12`
      case 'LAYER_CHANGE': // PrusaSlicer, OrcaSlicer
      case 'CHANGE_LAYER': // Bambu Studio
        this.listener.layerStarts()
        return true
      case 'TYPE':
      case 'FEATURE': // Bambu Studio: `; FEATURE: Outer wall`
        this.listener.role(ROLE_OF_TYPE[value.toUpperCase()] ?? ROLE.custom)
        return true
      case 'ROLE': { // ours, where several roles share a type
        const role = (MOVE_ROLES as readonly string[]).indexOf(value)
        if (role >= 0) this.listener.role(role)
        return true
      }
      case 'Z':
      case 'Z_HEIGHT':
        return this.measure(value, (mm) => this.listener.layerZ(mm))
      case 'HEIGHT':
      case 'LAYER_HEIGHT':
        return this.measure(value, (mm) => this.listener.layerHeight(mm))
      case 'WIDTH':
      case 'LINE_WIDTH':
        return this.measure(value, (mm) => this.listener.lineWidth(mm))
      case 'MESH':
        this.listener.object(value)
        return true
      default:
        return this.rareStructure(text)
    }
  }

  private rareStructure(text: string): boolean {
    // Kiri:Moto `;; --- layer 3 (0.200) ---`; Simplify3D `; layer 3, Z = 0.600`
    const [, , z] = /^(?:;\s*-+ )?layer (\d+)(?:, Z = ([\d.]+)|\b.*-+$)/i.exec(text) ?? []
    if (z !== undefined || /^;\s*-+ layer \d/.test(text)) {
      this.listener.layerStarts()
      if (z !== undefined) this.listener.layerZ(Number(z))
      return true
    }
    const [, object] = /^printing object (.*)$/.exec(text) ?? []
    if (object === undefined) return false
    this.listener.object(object)
    return true
  }

  private measure(value: string, tell: (mm: number) => void): boolean {
    const mm = Number.parseFloat(value)
    if (Number.isFinite(mm)) tell(mm)
    return true
  }

  private describe(text: string): void {
    const [, width, height] = /^thumbnail(?:_PNG|_JPG|_QOI)? begin (\d+)\s*[x ]\s*(\d+)/.exec(text) ?? []
    if (width !== undefined && height !== undefined) {
      this.picture = { width: Number(width), height: Number(height), text: [], length: 0 }
      return
    }
    const { found } = this
    const setting = /^([A-Za-z][\w [\]()]*?) = (.*)$/.exec(text)
    if (setting) this.setting(setting[1] as string, setting[2] as string)
    else if (text.startsWith('TIME:')) found.timeS ??= positive(text.slice(5))
    else if (text.startsWith('FLAVOR:')) found.flavor ??= text.slice(7).trim()
    else if (text.startsWith('LAYER_COUNT:')) found.layerCount ??= positive(text.slice(12))
    else if (text.startsWith('Title:')) found.title ??= text.slice(6).trim()
    else if (text.startsWith('Filament used:')) found.filamentMm ??= scaled(positive(text.slice(14)), 1000)
    else if (/^(generated (with|by)|sliced (by|with)) /i.test(text)) found.generator ??= text.replace(/^\w+ \w+ /, '')
    else if (/^(total estimated time|model printing time): /.test(text)) found.timeS ??= duration(text.replace(/^.*?total estimated time: |^.*?time: /, ''))
    else if (/^--- print time: \d+/.test(text)) found.timeS ??= positive(text.replace(/\D+/, ''))
  }

  private setting(key: string, value: string): void {
    const { found } = this
    if (key === 'gcode_flavor') found.flavor ??= value
    else if (key === 'filament used [mm]') found.filamentMm ??= positive(value)
    else if (key.startsWith('estimated printing time (normal')) found.timeS ??= duration(value)
    if (this.settingCount++ < MAX_SETTINGS) this.settings[key] = value.slice(0, 1000)
  }

  private pictureLine(picture: NonNullable<typeof this.picture>, text: string): void {
    if (!/^thumbnail\w* end/.test(text) && picture.length < MAX_THUMBNAIL_TEXT) {
      picture.text.push(text)
      picture.length += text.length
      return
    }
    this.picture = undefined
    const bytes = decodeBase64(picture.text.join(''))
    const format = formatOf(bytes)
    if (format !== undefined) this.thumbnails.push({ width: picture.width, height: picture.height, format, bytes })
  }
}

/** By the first bytes; undefined for what is no picture that we know. */
function formatOf([a, b, c]: Uint8Array): ThumbnailFormat | undefined {
  if (a === 0x89 && b === 0x50) return 'png'
  if (a === 0xff && b === 0xd8) return 'jpg'
  return a === 0x71 && b === 0x6f && c === 0x69 ? 'qoi' : undefined
}

function positive(text: string): number | undefined {
  const value = Number.parseFloat(text)
  return value >= 0 ? value : undefined
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}

const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }

/** Seconds of `1d 2h 3m 4s`. */
function duration(text: string): number | undefined {
  const parts = [...text.matchAll(/([\d.]+)\s*([dhms])/g)]
  return parts.length === 0 ? undefined : parts.reduce((sum, [, n, unit]) => sum + Number(n) * (SECONDS[unit as string] ?? 0), 0)
}
