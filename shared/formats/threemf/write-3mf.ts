import { strToU8, zipSync } from 'fflate'
import { IDENTITY, determinant } from '../../mesh/matrix'
import type { Mat4, Mesh } from '../../mesh/mesh'
import { mirrorPaint } from '../../mesh/paint/mirror-paint'
import type { ObjectPaint } from '../../mesh/paint/paint-tree'
import { transformMesh } from '../../mesh/transform-mesh'
import { joinArrays } from '../../units/join-arrays'

/** A placed solid, mm. */
export interface ThreemfItem {
  readonly name: string
  readonly mesh: Mesh
  readonly transform?: Mat4
  /** Written as PrusaSlicer and OrcaSlicer read it. */
  readonly paint?: ObjectPaint
}

/** What goes into a package besides the objects. */
export interface ThreemfExtras {
  readonly title?: string
  readonly thumbnailPng?: Uint8Array
  /** Parts by path, e.g. `Metadata/project.json`; JSON or config text. */
  readonly files?: Readonly<Record<string, Uint8Array>>
}

const CORE = 'http://schemas.microsoft.com/3dmanufacturing/core/2015/02'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
/** Of PrusaSlicer's attributes. */
const PRUSA = 'http://schemas.slic3r.org/3mf/2017/06'
/** The earliest time that a zip can hold: the same plate gives the same bytes. */
const MTIME = new Date(1980, 0, 1, 0, 0, 0)
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

/**
 * Writes a 3MF package (core specification 1.3) in millimetres: an object for each mesh and name, an item for each use. Coordinates keep every bit; a mirroring
 * transform is worked into the mesh, as readers differ in what they do with it. The same input gives the same bytes.
 */
export function write3mf(items: readonly ThreemfItem[], { title, thumbnailPng, files = {} }: ThreemfExtras = {}): Uint8Array<ArrayBuffer> {
  const parts: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8(contentTypes()),
    '_rels/.rels': strToU8(relationships(thumbnailPng !== undefined)),
    '3D/3dmodel.model': modelXml(items.map(unmirrored), title),
    ...(thumbnailPng === undefined ? {} : { 'Metadata/thumbnail.png': thumbnailPng }),
    ...files,
  }
  return zipSync(parts, { level: 6, mtime: MTIME }) as Uint8Array<ArrayBuffer>
}

function unmirrored(item: ThreemfItem): ThreemfItem {
  if (item.transform === undefined || determinant(item.transform) >= 0) return item
  return { name: item.name, mesh: transformMesh(item.mesh, item.transform), ...(item.paint && { paint: mirrorPaint(item.paint) }) }
}

function contentTypes(): string {
  const types = { rels: 'application/vnd.openxmlformats-package.relationships+xml', model: 'application/vnd.ms-package.3dmanufacturing-3dmodel+xml', png: 'image/png', json: 'application/json', config: 'text/plain' }
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types">${Object.entries(types).map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`).join('')}</Types>`
}

function relationships(hasThumbnail: boolean): string {
  const model = '<Relationship Target="/3D/3dmodel.model" Id="model" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/>'
  const thumbnail = `<Relationship Target="/Metadata/thumbnail.png" Id="thumbnail" Type="${PACKAGE}/relationships/metadata/thumbnail"/>`
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${model}${hasThumbnail ? thumbnail : ''}</Relationships>`
}

function modelXml(items: readonly ThreemfItem[], title: string | undefined): Uint8Array {
  const ids = new Map<Mesh, Map<string, number>>()
  const chunks: Uint8Array[] = [strToU8(`${HEAD}<model unit="millimeter" xml:lang="en" xmlns="${CORE}"${items.some(({ paint }) => paint) ? ` xmlns:slic3rpe="${PRUSA}"` : ''}>\n${title === undefined ? '' : `<metadata name="Title">${escaped(title)}</metadata>\n`}<metadata name="Application">Gongbang Studio</metadata>\n<resources>\n`)]
  let build = ''
  let next = 1
  for (const { name, mesh, transform, paint } of items) {
    const ofMesh = ids.get(mesh) ?? new Map<string, number>()
    ids.set(mesh, ofMesh)
    let id = paint === undefined ? ofMesh.get(name) : undefined
    if (id === undefined) {
      id = next++
      if (paint === undefined) ofMesh.set(name, id)
      chunks.push(...objectXml(id, name, mesh, paint))
    }
    build += `<item objectid="${id}"${transform === undefined ? '' : ` transform="${transformText(transform)}"`}/>\n`
  }
  chunks.push(strToU8(`</resources>\n<build>\n${build}</build>\n</model>\n`))
  return joined(chunks)
}

/** In pieces, so that no string of a large mesh becomes longer than engines take. */
function objectXml(id: number, name: string, { positions, indices }: Mesh, paint: ObjectPaint | undefined): Uint8Array[] {
  const pieces: Uint8Array[] = [strToU8(`<object id="${id}" type="model" name="${escaped(name)}"><mesh><vertices>\n`)]
  const put = (count: number, line: (at: number) => string) => {
    for (let from = 0; from < count; from += 10_000) {
      let text = ''
      for (let i = from; i < Math.min(count, from + 10_000); i++) text += line(3 * i)
      pieces.push(strToU8(text))
    }
  }
  put(positions.length / 3, (at) => `<vertex x="${positions[at] ?? 0}" y="${positions[at + 1] ?? 0}" z="${positions[at + 2] ?? 0}"/>\n`)
  pieces.push(strToU8('</vertices><triangles>\n'))
  put(indices.length / 3, (at) => `<triangle v1="${indices[at] ?? 0}" v2="${indices[at + 1] ?? 0}" v3="${indices[at + 2] ?? 0}"${paint === undefined ? '' : paintText(paint, at / 3)}/>\n`)
  pieces.push(strToU8('</triangles></mesh></object>\n'))
  return pieces
}

/** What is painted on a triangle, for both families of slicers. */
function paintText({ support, seam }: ObjectPaint, triangle: number): string {
  const attributes = (what: string, text: string | undefined) => (text === undefined ? '' : ` slic3rpe:custom_${what}="${escaped(text)}" paint_${what}="${escaped(text)}"`)
  return attributes('supports', support?.[triangle]) + attributes('seam', seam?.[triangle])
}

/** The three columns and the place: rows for the row vectors of 3MF. */
function transformText(m: Mat4): string {
  return [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14].map((index) => plainNumber(m[index] ?? IDENTITY[index] ?? 0)).join(' ')
}

/** 3MF's numbers may have an exponent, some readers' may not. */
function plainNumber(value: number): string {
  return Math.abs(value) < 1e-6 ? '0' : String(Math.round(value * 1e12) / 1e12)
}

function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex -- XML has no control characters
  return text.replace(/[\x00-\x1f]/g, ' ').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return joinArrays(chunks, (length) => new Uint8Array(length))
}
