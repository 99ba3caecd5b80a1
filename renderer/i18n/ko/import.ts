import type { importing as english } from '../en/import'

export const importing: Record<keyof typeof english, string> = {
}
