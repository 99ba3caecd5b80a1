import type { Mat4, Mesh } from '../mesh/mesh'
import { multiplyMatrices } from '../mesh/matrix'
import { type Placement, placeMatrix } from '../mesh/place-matrix'
import { SIMPLE_SHAPES, simpleShape, type SimpleShape } from '../mesh/simple-shapes'
import { SETTINGS, type SettingKey, type SettingValues } from '../slicing/settings'
import type { SliceModifier } from '../slicing/slice-input'

/** What a modifier is made of: a simple shape, or the mesh of a design (xyz triples, index triples). */
export type ModifierShape = { readonly kind: SimpleShape } | { readonly kind: 'mesh'; readonly positions: readonly number[]; readonly indices: readonly number[] }

/** A modifier as plates and projects keep it; plain data. It goes with its object. */
export interface ObjectModifier {
  readonly id: string
  readonly name: string
  readonly kind: SliceModifier['kind']
  readonly shape: ModifierShape
  /** In the frame of the object's mesh. */
  readonly transform: Placement
  readonly values: SettingValues
}

/** Meshes with more triangles are too much to keep with a plate. */
export const MOST_MODIFIER_TRIANGLES = 20_000
export const MODIFIER_KINDS = ['settings', 'support-enforcer', 'support-blocker'] as const satisfies readonly SliceModifier['kind'][]

const meshes = new WeakMap<ModifierShape, Mesh>()

/** The mesh of a modifier's shape, in its own frame; the same object for the same shape. */
export function modifierMesh(shape: ModifierShape): Mesh {
  if (shape.kind !== 'mesh') return simpleShape(shape.kind)
  const kept = meshes.get(shape) ?? { positions: Float32Array.from(shape.positions), indices: Uint32Array.from(shape.indices) }
  meshes.set(shape, kept)
  return kept
}

/** A mesh as a modifier keeps it; its numbers keep every bit of a 32-bit float. */
export function shapeOfMesh({ positions, indices }: Mesh): ModifierShape {
  return { kind: 'mesh', positions: Array.from(positions, (value) => Number(value.toPrecision(9))), indices: Array.from(indices) }
}

/** A modifier where it is on the plate, for slicing. */
export function sliceModifier({ name, kind, shape, transform, values }: ObjectModifier, objectMatrix: Mat4): SliceModifier {
  return { name, kind, values, mesh: modifierMesh(shape), transform: multiplyMatrices(objectMatrix, placeMatrix(transform)) }
}

/** Reads a modifier that was kept; undefined when it is damaged. Values that no setting knows are left out. */
export function readModifier(value: unknown): ObjectModifier | undefined {
  const { id, name, kind, shape, transform, values } = record(value)
  const { positionMm, rotation, scale } = record(transform)
  const readShape = shapeOf(record(shape))
  const known = MODIFIER_KINDS.find((one) => one === kind)
  if (typeof id !== 'string' || typeof name !== 'string' || known === undefined || readShape === undefined) return undefined
  if (!areNumbers(positionMm, 3) || !areNumbers(rotation, 4) || !areNumbers(scale, 3)) return undefined
  return { id, name, kind: known, shape: readShape, transform: { positionMm, rotation, scale } as unknown as Placement, values: readValues(values) }
}

/** Values of settings that there are, of their kind; ranges are checked where they are used. */
export function readValues(values: unknown): SettingValues {
  return Object.fromEntries(Object.entries(record(values)).filter(([key, one]) => Object.hasOwn(SETTINGS, key) && typeof one === typeof SETTINGS[key as SettingKey].default))
}

function shapeOf({ kind, positions, indices }: Readonly<Record<string, unknown>>): ModifierShape | undefined {
  const simple = SIMPLE_SHAPES.find((one) => one === kind)
  if (simple !== undefined) return { kind: simple }
  if (kind !== 'mesh' || !areNumbers(positions) || !areNumbers(indices)) return undefined
  const count = positions.length / 3
  const isWhole = positions.length % 3 === 0 && indices.length % 3 === 0 && indices.length > 0 && indices.length <= 3 * MOST_MODIFIER_TRIANGLES
  return isWhole && indices.every((index) => Number.isInteger(index) && index >= 0 && index < count) ? { kind: 'mesh', positions, indices } : undefined
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
}

function areNumbers(value: unknown, length?: number): value is number[] {
  return Array.isArray(value) && (length === undefined || value.length === length) && value.every((one) => typeof one === 'number' && Number.isFinite(one))
}
