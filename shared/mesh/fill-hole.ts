/** Loops up to this are filled with the least area; longer ones in their plane, or from their middle. */
const MAX_LEAST_AREA = 90
const MAX_EARS = 3000

type Loop = readonly number[]

/**
 * Triangulates a hole: vertex triples that run along the loop. Short loops get the triangulation of least area (Barequet and Sharir 1995), longer ones
 * are cut into ears in the plane that fits best; undefined when that plane shows the loop crossing itself.
 */
export function fillHole(positions: Float32Array, loop: Loop): number[] | undefined {
  if (loop.length === 3) return [...loop]
  if (loop.length <= MAX_LEAST_AREA) return leastArea(positions, loop)
  return loop.length <= MAX_EARS ? cutEars(loop, flatten(positions, loop)) : undefined
}

/** The mean of a loop's vertices: where a fan is put when no triangulation without new vertices is found. */
export function loopMiddle(positions: Float32Array, loop: Loop): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  for (const vertex of loop) for (let axis = 0; axis < 3; axis++) sum[axis] += positions[3 * vertex + axis] / loop.length
  return sum
}

/** Dynamic programming over all chords; a little weight on long sides keeps flat loops from slivers. */
function leastArea(positions: Float32Array, loop: Loop): number[] {
  const n = loop.length
  const cost = new Float64Array(n * n)
  const split = new Uint16Array(n * n)
  for (let span = 2; span < n; span++) {
    for (let i = 0; i + span < n; i++) {
      const k = i + span
      let best = Infinity
      for (let j = i + 1; j < k; j++) {
        const total = cost[i * n + j] + cost[j * n + k] + triangleCost(positions, [loop[i], loop[j], loop[k]])
        if (total >= best) continue
        best = total
        split[i * n + k] = j
      }
      cost[i * n + k] = best
    }
  }
  const triangles: number[] = []
  const open: [number, number][] = [[0, n - 1]]
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [i, k] = range
    if (k - i < 2) continue
    const j = split[i * n + k]
    triangles.push(loop[i], loop[j], loop[k])
    open.push([i, j], [j, k])
  }
  return triangles
}

function triangleCost(positions: Float32Array, [i, j, k]: readonly [number, number, number]): number {
  const [a, b, c] = [3 * i, 3 * j, 3 * k]
  const ux = positions[b] - positions[a]
  const uy = positions[b + 1] - positions[a + 1]
  const uz = positions[b + 2] - positions[a + 2]
  const vx = positions[c] - positions[a]
  const vy = positions[c + 1] - positions[a + 1]
  const vz = positions[c + 2] - positions[a + 2]
  const area = Math.sqrt((uy * vz - uz * vy) ** 2 + (uz * vx - ux * vz) ** 2 + (ux * vy - uy * vx) ** 2)
  const sides = ux * ux + uy * uy + uz * uz + vx * vx + vy * vy + vz * vz
  return area + 1e-4 * sides
}

/** The loop in the plane of its mean normal (Newell), counter-clockwise: xy pairs. */
function flatten(positions: Float32Array, loop: Loop): Float64Array {
  const [ox, oy, oz] = loopMiddle(positions, loop)
  let [nx, ny, nz] = [0, 0, 0]
  loop.forEach((vertex, i) => {
    const [a, b] = [3 * vertex, 3 * loop[(i + 1) % loop.length]]
    const [ax, ay, az] = [positions[a] - ox, positions[a + 1] - oy, positions[a + 2] - oz]
    const [bx, by, bz] = [positions[b] - ox, positions[b + 1] - oy, positions[b + 2] - oz]
    nx += ay * bz - az * by
    ny += az * bx - ax * bz
    nz += ax * by - ay * bx
  })
  const length = Math.hypot(nx, ny, nz) || 1
  const n = [nx / length, ny / length, nz / length] as const
  // Any direction that isn't the normal's gives the first axis.
  const helper = Math.abs(n[0]) < 0.6 ? ([1, 0, 0] as const) : ([0, 1, 0] as const)
  const u = unit(cross(helper, n))
  const v = cross(n, u)
  return Float64Array.from(loop.flatMap((vertex) => {
    const d = [positions[3 * vertex] - ox, positions[3 * vertex + 1] - oy, positions[3 * vertex + 2] - oz] as const
    return [d[0] * u[0] + d[1] * u[1] + d[2] * u[2], d[0] * v[0] + d[1] * v[1] + d[2] * v[2]]
  }))
}

type Vector = readonly [number, number, number]

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}

/** Cuts ears off a counter-clockwise outline, the ones in line last. */
function cutEars(loop: Loop, points: Float64Array): number[] | undefined {
  const next = loop.map((_, i) => (i + 1) % loop.length)
  const before = loop.map((_, i) => (i + loop.length - 1) % loop.length)
  const triangles: number[] = []
  let left = loop.length
  let at = 0
  let tries = 0
  while (left > 3) {
    if (isEar(points, next, [before[at], at, next[at]])) {
      triangles.push(loop[before[at]], loop[at], loop[next[at]])
      next[before[at]] = next[at]
      before[next[at]] = before[at]
      left--
      tries = 0
    } else if (++tries > left) return undefined
    at = next[at]
  }
  triangles.push(loop[before[at]], loop[at], loop[next[at]])
  return triangles
}

function isEar(points: Float64Array, next: readonly number[], [a, b, c]: readonly [number, number, number]): boolean {
  if (turn(points, [a, b, c]) <= 0) return false
  for (let p = next[c]; p !== a; p = next[p]) {
    if (turn(points, [a, b, p]) >= 0 && turn(points, [b, c, p]) >= 0 && turn(points, [c, a, p]) >= 0) return false
  }
  return true
}

function turn(points: Float64Array, [a, b, c]: readonly [number, number, number]): number {
  return (points[2 * b] - points[2 * a]) * (points[2 * c + 1] - points[2 * a + 1]) - (points[2 * b + 1] - points[2 * a + 1]) * (points[2 * c] - points[2 * a])
}
