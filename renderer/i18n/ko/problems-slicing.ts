import type { problemsSlicing as english } from '../en/problems-slicing'

export const problemsSlicing: Record<keyof typeof english, string> = {
}
