const HEIGHT_MM = 6
const RADIUS_MM = 2.2

/** Marks where the nozzle is, its tip at a point of the scene. */
export function Nozzle({ atMm, colour }: { readonly atMm: readonly [number, number, number]; readonly colour: string }) {
  const [x, y, z] = atMm
  return (
    <mesh position={[x, y, z + HEIGHT_MM / 2]} rotation={[-Math.PI / 2, 0, 0]} raycast={() => undefined}>
      <coneGeometry args={[RADIUS_MM, HEIGHT_MM, 24]} />
      <meshLambertMaterial color={colour} transparent opacity={0.85} />
    </mesh>
  )
}
