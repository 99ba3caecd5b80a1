import type { prepare as english } from '../en/prepare'

export const prepare: Record<keyof typeof english, string> = {
}
