/** The part of clipper2-wasm 0.4.0 that we use; the package ships its types beside another path. */
declare module 'clipper2-wasm/dist/es/clipper2z.js' {
  import type { MainModule } from 'clipper2-wasm/dist/clipper2z'
  export default function createClipper2(): Promise<MainModule>
}
