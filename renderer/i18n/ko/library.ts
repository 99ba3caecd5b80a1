import type { library as english } from '../en/library'

export const library: Record<keyof typeof english, string> = {
}
