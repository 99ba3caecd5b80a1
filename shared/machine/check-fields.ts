import type { Problem } from '../units/problem'

/** Collects problems of fields of unknown data: each is named by its path, e.g. `profile.volume.xMm`. */
export class FieldChecker {
  readonly problems: Problem[] = []

  /** A plain object, or undefined with a problem. */
  object(value: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    this.report('profile/bad-field', path, 'must be a group of fields')
    return undefined
  }

  text(value: unknown, path: string, { min = 0, max = 200 }: { min?: number; max?: number } = {}): void {
    if (typeof value !== 'string') this.report('profile/bad-field', path, 'must be text')
    else if (value.trim().length < min) this.report('profile/missing-text', path, 'must not be empty')
    else if (value.length > max) this.report('profile/bad-field', path, `must have at most ${max} characters`)
  }

  number(value: unknown, path: string, [min, max]: readonly [number, number]): void {
    if (typeof value !== 'number' || !Number.isFinite(value)) this.report('profile/bad-field', path, 'must be a number')
    else if (value < min || value > max) this.report('profile/out-of-range', path, `is ${value}; it must be ${min} to ${max}`, { value, min, max })
  }

  numbers(value: unknown, path: string, { count, range }: { count: number; range: readonly [number, number] }): void {
    if (!Array.isArray(value) || value.length !== count) this.report('profile/bad-field', path, `must be ${count} numbers`)
    else value.forEach((item, i) => this.number(item, `${path}[${i}]`, range))
  }

  choice(value: unknown, path: string, choices: readonly string[]): void {
    if (typeof value !== 'string' || !choices.includes(value)) this.report('profile/bad-choice', path, `must be one of ${choices.join(', ')}`, { choices: choices.join(', ') })
  }

  boolean(value: unknown, path: string): void {
    if (typeof value !== 'boolean') this.report('profile/bad-field', path, 'must be true or false')
  }

  report(code: string, path: string, why: string, values: Readonly<Record<string, string | number>> = {}): void {
    this.problems.push({ code, severity: 'error', place: { key: path }, values: { key: path, ...values }, message: `${path} ${why}.` })
  }
}
