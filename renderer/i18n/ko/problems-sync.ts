import type { problemsSync as english } from '../en/problems-sync'

export const problemsSync: Record<keyof typeof english, string> = {
}
