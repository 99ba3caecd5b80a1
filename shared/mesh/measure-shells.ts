import type { HoleLoop } from './find-holes'
import type { Box3, Mesh } from './mesh'
import type { Orientation } from './orient-triangles'

/** Size of one shell of a mesh. */
export interface Shell {
  readonly triangleCount: number
  readonly areaMm2: number
  /** Signed, with its holes closed by cones to their middles. */
  readonly volumeMm3: number
  /** Flat area that would close its holes. */
  readonly holeAreaMm2: number
  readonly holeCount: number
  readonly box: Box3
  /** A surface that encloses next to nothing: no solid, whatever is closed. */
  readonly isSheet: boolean
}

/** A shell that encloses less than this of what a cube of the same area would is a sheet, if it is open by more than `SHEET_OPENING` of its area. */
const SHEET_COMPACTNESS = 0.2
const SHEET_OPENING = 0.3
/** Closed or not, this is flat. */
const FLAT_COMPACTNESS = 1e-5

/** Measures the shells of a mesh whose triangles face one way in each. */
export function measureShells({ positions, indices }: Mesh, { shellOf, shellCount }: Pick<Orientation, 'shellOf' | 'shellCount'>, holes: readonly HoleLoop[]): Shell[] {
  const sums = new ShellSums(positions, shellCount)
  for (let i = 0; i < indices.length; i += 3) sums.addTriangle(shellOf[i / 3], indices, i)
  for (const { vertices, triangle } of holes) sums.addHole(shellOf[triangle], vertices)
  return Array.from({ length: shellCount }, (_, shell) => sums.shell(shell))
}

class ShellSums {
  private readonly counts: Uint32Array
  private readonly holeCounts: Uint32Array
  private readonly areas: Float64Array
  private readonly holeAreas: Float64Array
  /** Six times the volume: whole numbers stay whole. */
  private readonly volumes: Float64Array
  private readonly boxes: Float64Array
  private readonly cross = new Float64Array(3)
  private readonly apex = new Float64Array(3)
  /** The first vertex is near the mesh: around it a far origin costs no digits. */
  private readonly origin: readonly [number, number, number]

  constructor(
    private readonly positions: Float32Array,
    shellCount: number,
  ) {
    this.counts = new Uint32Array(shellCount)
    this.holeCounts = new Uint32Array(shellCount)
    this.areas = new Float64Array(shellCount)
    this.holeAreas = new Float64Array(shellCount)
    this.volumes = new Float64Array(shellCount)
    this.boxes = new Float64Array(6 * shellCount).fill(Infinity)
    this.origin = [positions[0] ?? 0, positions[1] ?? 0, positions[2] ?? 0]
  }

  /** Adds the triangle whose corners begin at `at` of the indices. */
  addTriangle(shell: number, indices: Uint32Array, at: number): void {
    const { positions } = this
    const a = 3 * indices[at]
    this.setApex(positions[a], positions[a + 1], positions[a + 2])
    this.counts[shell]++
    this.areas[shell] += this.pyramid(shell, indices[at + 1], indices[at + 2])
    for (let corner = at; corner < at + 3; corner++) this.widenBox(6 * shell, 3 * indices[corner])
  }

  private widenBox(box: number, vertex: number): void {
    const { positions, boxes } = this
    for (let axis = 0; axis < 3; axis++) {
      const value = positions[vertex + axis]
      // The upper side is kept with its sign turned, so that both start at infinity.
      if (value < boxes[box + axis]) boxes[box + axis] = value
      if (-value < boxes[box + 3 + axis]) boxes[box + 3 + axis] = -value
    }
  }

  addHole(shell: number, loop: readonly number[]): void {
    const { positions } = this
    const middle: [number, number, number] = [0, 0, 0]
    for (const vertex of loop) for (let axis = 0; axis < 3; axis++) middle[axis] += positions[3 * vertex + axis] / loop.length
    this.setApex(...middle)
    const total = [0, 0, 0]
    for (let i = 0; i < loop.length; i++) {
      this.pyramid(shell, loop[i], loop[(i + 1) % loop.length])
      for (let axis = 0; axis < 3; axis++) total[axis] += this.cross[axis]
    }
    this.holeAreas[shell] += Math.hypot(total[0], total[1], total[2]) / 2
    this.holeCounts[shell]++
  }

  shell(index: number): Shell {
    const { boxes } = this
    const at = 6 * index
    const open = this.holeAreas[index]
    const total = this.areas[index] + open
    const volumeMm3 = this.volumes[index] / 6
    const compactness = total > 0 ? Math.abs(volumeMm3) / (total / 6) ** 1.5 : 0
    return {
      triangleCount: this.counts[index],
      areaMm2: this.areas[index],
      volumeMm3,
      holeAreaMm2: open,
      holeCount: this.holeCounts[index],
      box: { min: [boxes[at], boxes[at + 1], boxes[at + 2]], max: [-boxes[at + 3], -boxes[at + 4], -boxes[at + 5]] },
      isSheet: this.counts[index] < 3 || compactness < FLAT_COMPACTNESS || (open > SHEET_OPENING * this.areas[index] && compactness < SHEET_COMPACTNESS),
    }
  }

  private setApex(x: number, y: number, z: number): void {
    this.apex[0] = x
    this.apex[1] = y
    this.apex[2] = z
  }

  /** Adds the pyramid of the apex and two vertices over the origin; returns their triangle's area and leaves its normal, twice that long, in `cross`. */
  private pyramid(shell: number, b: number, c: number): number {
    const { positions, cross, origin, apex } = this
    const ax = apex[0]
    const ay = apex[1]
    const az = apex[2]
    const ux = positions[3 * b] - ax
    const uy = positions[3 * b + 1] - ay
    const uz = positions[3 * b + 2] - az
    const vx = positions[3 * c] - ax
    const vy = positions[3 * c + 1] - ay
    const vz = positions[3 * c + 2] - az
    cross[0] = uy * vz - uz * vy
    cross[1] = uz * vx - ux * vz
    cross[2] = ux * vy - uy * vx
    this.volumes[shell] += (ax - origin[0]) * cross[0] + (ay - origin[1]) * cross[1] + (az - origin[2]) * cross[2]
    return Math.sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]) / 2
  }
}
