import type { problemsMachine as english } from '../en/problems-machine'

export const problemsMachine: Record<keyof typeof english, string> = {
}
