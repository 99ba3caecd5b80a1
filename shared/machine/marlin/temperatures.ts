export interface Temperature {
  readonly currentC: number
  readonly targetC: number
}

/** Heat by tool index (holes where the line told nothing), and of the bed. */
export interface Temperatures {
  readonly hotends: readonly (Temperature | undefined)[]
  readonly bed?: Temperature
  /** The one hotend is that of the active tool, whichever that is. */
  readonly isActiveTool?: true
}

const PAIR = /(?:^|\s)(T\d{0,2}|B):\s*(-?\d+(?:\.\d+)?)\s*\/\s*(-?\d+(?:\.\d+)?)(?=\s|$)/g
/** What no sensor of a printer shows: beyond it a figure is taken for torn. */
const RANGE_C = [-40, 600] as const

/**
 * Reads `T:19.38 /0.00 B:19.38 /0.00 T0:... T1:... @:0` anywhere in a line. `T:` is the active tool's and is used only where no
 * `T0:` stands. Fails closed: of a torn line (`T:58.96 /0.00X:11.0`) the broken part is left out, never taken as 0.
 */
export function parseTemperatures(line: string): Temperatures | undefined {
  const hotends: (Temperature | undefined)[] = []
  let active: Temperature | undefined
  let bed: Temperature | undefined
  for (const match of line.matchAll(PAIR)) {
    const [whole, name = '', currentText = '', targetText = ''] = match
    // A line that ends within a number reads as another number: 200.00 cut to 2.
    const isAtEnd = match.index + whole.length >= line.length
    if (isAtEnd && currentText.includes('.') && !targetText.includes('.')) continue
    const temperature = { currentC: Number(currentText), targetC: Number(targetText) }
    if (!isPlausible(temperature.currentC) || !isPlausible(temperature.targetC)) continue
    if (name === 'B') bed = temperature
    else if (name === 'T') active = temperature
    else hotends[Number(name.slice(1))] = temperature
  }
  const isActiveTool = hotends.length === 0 && active !== undefined
  if (isActiveTool) hotends[0] = active
  if (hotends.length === 0 && !bed) return undefined
  return { hotends, ...(bed && { bed }), ...(isActiveTool && { isActiveTool }) }
}

function isPlausible(degrees: number): boolean {
  return degrees >= RANGE_C[0] && degrees <= RANGE_C[1]
}
