import { strToU8, zipSync } from 'fflate'
import type { Triangle } from '../mesh/meshes'

/** Binary STL with a header text and, when given, another count than the true one. */
export function binaryStl(triangles: readonly Triangle[], { header = 'made by a test', count = triangles.length } = {}): Uint8Array {
  const bytes = new Uint8Array(84 + 50 * triangles.length)
  bytes.set(strToU8(header).subarray(0, 80))
  const view = new DataView(bytes.buffer)
  view.setUint32(80, count, true)
  triangles.forEach((triangle, facet) => triangle.flat().forEach((value, i) => view.setFloat32(84 + 50 * facet + 12 + 4 * i, value, true)))
  return bytes
}

export function asciiStl(triangles: readonly Triangle[], { name = 'x', number = String, end = `endsolid ${name}\n` }: { name?: string; number?: (value: number) => string; end?: string } = {}): string {
  const facet = (triangle: Triangle) => `facet normal 0 0 0\n outer loop\n${triangle.map((corner) => `  vertex ${corner.map(number).join(' ')}\n`).join('')} endloop\nendfacet\n`
  return `solid ${name}\n${triangles.map(facet).join('')}${end}`
}

export function bytesOf(text: string): Uint8Array {
  return strToU8(text)
}

/** Objects of a 3MF model file from triangles, with numbers shared by position. */
export function meshXml(triangles: readonly Triangle[]): string {
  const vertices = [...new Set(triangles.flat().map((corner) => corner.join(' ')))]
  const number = new Map(vertices.map((vertex, i) => [vertex, i]))
  const vertex = (text: string) => text.split(' ').map((value, axis) => `${'xyz'[axis]}="${value}"`).join(' ')
  const triangle = (corners: Triangle) => corners.map((corner, i) => `v${i + 1}="${number.get(corner.join(' '))}"`).join(' ')
  return `<mesh><vertices>${vertices.map((text) => `<vertex ${vertex(text)}/>`).join('')}</vertices><triangles>${triangles.map((corners) => `<triangle ${triangle(corners)}/>`).join('')}</triangles></mesh>`
}

export function modelXml(resources: string, build: string, attributes = 'unit="millimeter"'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<model ${attributes} xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02" xmlns:p="http://schemas.microsoft.com/3dmanufacturing/production/2015/06">${resources}<build>${build}</build></model>`
}

/** A 3MF package of a root model and further files. */
export function threemf(root: string, files: Readonly<Record<string, string>> = {}): Uint8Array {
  const relationships = '<Relationships xmlns="x"><Relationship Target="/3D/3dmodel.model" Id="r" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>'
  const all = { '_rels/.rels': relationships, '3D/3dmodel.model': root, ...files }
  return zipSync(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, strToU8(text)])))
}
