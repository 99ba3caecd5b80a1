import { join } from 'node:path'
import { root } from '../build/bootstrap.mjs'

/** A place in the folder beside the project that holds large models, recordings and peers; tests that use it pass over without it. */
export function workshopPath(...names: readonly string[]): string {
  return join(root, '../shared', ...names)
}
