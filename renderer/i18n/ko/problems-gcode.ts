import type { problemsGcode as english } from '../en/problems-gcode'

export const problemsGcode: Record<keyof typeof english, string> = {
}
