import type { LabelledObject } from '../gcode/dialects/dialect'
import { meshBox } from '../mesh/mesh-box'
import type { SliceObject } from '../slicing/slice-input'

const LONGEST_NAME = 20

/** Labels of placed objects: names that every firmware takes, and their boxes on the bed, mm. */
export function labelObjects(objects: readonly SliceObject[]): (LabelledObject & { readonly id: string })[] {
  return objects.map(({ id, name, mesh, transform }, index) => {
    const { min, max } = meshBox(mesh, transform)
    const plain = name.replace(/[^A-Za-z0-9]+/g, '_').slice(0, LONGEST_NAME)
    return { id, index, name: `${plain === '' || plain === '_' ? 'object' : plain}_${index + 1}`, boxMm: [round(min[0]), round(min[1]), round(max[0]), round(max[1])] }
  })
}

function round(mm: number): number {
  return Math.round(mm * 10) / 10
}
