import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageError } from './terminal'

type Options = NonNullable<ParseArgsConfig['options']>
/** Known to every command. */
const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O & typeof COMMON; allowPositionals: true; strict: true }>>

/**
 * Reads a command's options and its plain arguments.
 * @throws UsageError
 */
export function parseOptions<const O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...COMMON }, allowPositionals: true, strict: true }) as Parsed<O>
  } catch (error) {
    // Node says which option, and how a value that begins with a dash is given.
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/**
 * A number of an option, e.g. `--layer-height 0.2`; a percent sign is let pass.
 * @throws UsageError outside the range
 */
export function numberOption(name: string, text: string | undefined, [min, max]: readonly [number, number]): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text.trim().replace(/%$/, ''))
  if (text.trim() === '' || !Number.isFinite(value) || value < min || value > max) throw new UsageError(`--${name} must be a number from ${min} to ${max}, not “${text}”.`)
  return value
}
