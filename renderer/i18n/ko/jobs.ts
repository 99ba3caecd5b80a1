import type { jobs as english } from '../en/jobs'

export const jobs: Record<keyof typeof english, string> = {
}
