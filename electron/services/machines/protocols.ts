import { GRBL } from '../../../shared/machine/grbl/reduce-grbl'
import type { GrblEvent, GrblState } from '../../../shared/machine/grbl/grbl-state'
import type { Protocol } from '../../../shared/machine/host-state'
import { CLOSED, type MarlinEvent, type MarlinState } from '../../../shared/machine/marlin/marlin-state'
import { reduceMarlin } from '../../../shared/machine/marlin/reduce-marlin'
import type { MachineProfile } from '../../../shared/machine/profile'
import type { Link } from '../../devices/link'
import { MachineDriver, type DriverListener } from './machine-driver'

/** What is known of a machine of any family; `grblOf` narrows it. */
export type MachineState = MarlinState | GrblState
export type MarlinDriver = MachineDriver<MarlinState, MarlinEvent>
export type GrblDriver = MachineDriver<GrblState, GrblEvent>
export type AnyDriver = MarlinDriver | GrblDriver

const MARLIN: Protocol<MarlinState, MarlinEvent> = { closed: CLOSED, reduce: reduceMarlin }

/** The state of a machine that speaks Grbl; undefined for others. */
export function grblOf(state: MachineState): GrblState | undefined {
  return 'family' in state ? state : undefined
}

/** True for a driver of the Grbl family. */
export function speaksGrbl(driver: AnyDriver): driver is GrblDriver {
  return 'family' in driver.state
}

/** A driver on an open link that speaks what the profile says. */
export function createDriver({ firmware }: Pick<MachineProfile, 'firmware'>, link: Link, listener: DriverListener<MachineState>): AnyDriver {
  return firmware === 'grbl' ? new MachineDriver<GrblState, GrblEvent>(GRBL, link, listener) : new MachineDriver<MarlinState, MarlinEvent>(MARLIN, link, listener)
}
