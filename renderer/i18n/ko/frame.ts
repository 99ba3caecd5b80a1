import type { frame as english } from '../en/frame'

export const frame: Record<keyof typeof english, string> = {
}
