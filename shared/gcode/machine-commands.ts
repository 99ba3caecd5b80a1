import type { ToolpathEvent } from '../toolpath/toolpath'
import type { LineScanner } from './line-scanner'

const [P, S, T, X, K] = [80, 83, 84, 88, 75] as const

type EventOfNow = ToolpathEvent extends infer Event ? (Event extends ToolpathEvent ? Omit<Event, 'atMove'> : never) : never

/** What an M command changes besides heat and fan: acceleration, jerk, pressure advance, or a wait for the user. */
export function machineEvent(code: number, scanner: LineScanner): EventOfNow | undefined {
  const number = (letter: number) => (scanner.has(letter) && scanner.value(letter) >= 0 ? scanner.value(letter) : undefined)
  switch (code) {
    case 0:
    case 1:
    case 25:
    case 226:
    case 601:
      return scanner.has(P) || scanner.has(S) ? undefined : { kind: 'pause' }
    case 600:
      return { kind: 'colour-change' }
    case 204: {
      const both = number(S)
      const [print, travel] = [number(P) ?? both, number(T) ?? both]
      return print === undefined && travel === undefined ? undefined : { kind: 'acceleration', ...(print !== undefined && { printMmPerS2: print }), ...(travel !== undefined && { travelMmPerS2: travel }) }
    }
    case 205: {
      const xyMmPerS = number(X)
      return xyMmPerS === undefined || xyMmPerS === 0 ? undefined : { kind: 'jerk', xyMmPerS }
    }
    case 566: {
      const xyMmPerMin = number(X)
      return xyMmPerMin === undefined ? undefined : { kind: 'jerk', xyMmPerS: xyMmPerMin / 60 }
    }
    case 900:
      return advance(number(K))
    case 572:
      return advance(number(S))
    default:
      return undefined
  }
}

function advance(advanceS: number | undefined): EventOfNow | undefined {
  return advanceS === undefined ? undefined : { kind: 'pressure-advance', advanceS }
}

/** Klipper's words for the same: `SET_VELOCITY_LIMIT ACCEL=…`, `SET_PRESSURE_ADVANCE ADVANCE=…`, `PAUSE`. */
export function namedEvents(text: string): readonly EventOfNow[] {
  const [name = ''] = text.trim().toUpperCase().split(/[\s;]/)
  const value = (key: string) => {
    const [, found] = new RegExp(`\\b${key}=([\\d.]+)`, 'i').exec(text) ?? []
    return found === undefined ? undefined : Number(found)
  }
  if (name === 'PAUSE') return [{ kind: 'pause' }]
  if (name === 'SET_PRESSURE_ADVANCE') return [advance(value('ADVANCE'))].filter((event) => event !== undefined)
  if (name !== 'SET_VELOCITY_LIMIT') return []
  const [acceleration, corner] = [value('ACCEL'), value('SQUARE_CORNER_VELOCITY')]
  return [
    ...(acceleration === undefined ? [] : [{ kind: 'acceleration', printMmPerS2: acceleration, travelMmPerS2: acceleration } as const]),
    ...(corner === undefined ? [] : [{ kind: 'jerk', xyMmPerS: corner } as const]),
  ]
}
