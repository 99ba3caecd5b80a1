import type { profiles as english } from '../en/profiles'

export const profiles: Record<keyof typeof english, string> = {
}
