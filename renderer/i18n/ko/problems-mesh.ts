import type { problemsMesh as english } from '../en/problems-mesh'

export const problemsMesh: Record<keyof typeof english, string> = {
}
