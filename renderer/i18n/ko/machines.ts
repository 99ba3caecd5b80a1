import type { machines as english } from '../en/machines'

export const machines: Record<keyof typeof english, string> = {
}
