import { useEffect, useState } from 'react'
import { BufferAttribute, BufferGeometry } from 'three'
import type { Mesh } from '../../shared/mesh/mesh'

/** Meshes with more triangles get a simpler stand-in for the time of a drag. */
const PROXY_FROM_TRIANGLES = 300_000

const proxies = new WeakMap<Mesh, Promise<BufferGeometry | undefined>>()

function makeProxy(mesh: Mesh): Promise<BufferGeometry | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./proxy-worker.ts', import.meta.url), { type: 'module', name: 'proxy' })
    const end = (geometry?: BufferGeometry) => {
      worker.terminate()
      resolve(geometry)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Mesh>) => {
      const geometry = new BufferGeometry()
      geometry.setAttribute('position', new BufferAttribute(data.positions, 3))
      geometry.setIndex(new BufferAttribute(data.indices, 1))
      end(geometry)
    })
    // Without a proxy the part itself is drawn: slower, never wrong.
    worker.addEventListener('error', () => end())
    worker.postMessage({ positions: mesh.positions, indices: mesh.indices })
  })
}

/** The simpler stand-in of a very fine mesh, once a worker has made it. */
export function useProxyGeometry(mesh: Mesh): BufferGeometry | undefined {
  const [made, setMade] = useState<{ readonly mesh: Mesh; readonly geometry: BufferGeometry | undefined }>()
  useEffect(() => {
    if (mesh.indices.length / 3 <= PROXY_FROM_TRIANGLES) return undefined
    let isWanted = true
    const kept = proxies.get(mesh) ?? makeProxy(mesh)
    proxies.set(mesh, kept)
    void kept.then((geometry) => isWanted && setMade({ mesh, geometry }))
    return () => {
      isWanted = false
    }
  }, [mesh])
  return made?.mesh === mesh ? made.geometry : undefined
}
