import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Job } from '../../shared/contract/jobs'
import type { MachineStatus } from '../../shared/contract/machines'
import { getClient } from './client'
import { followTopic } from './follow-topic'

interface Live<T> {
  /** Undefined until the studio has told. */
  readonly items: readonly T[] | undefined
}

export const useLiveMachines = create<Live<MachineStatus>>()(() => ({ items: undefined }))
export const useLiveJobs = create<Live<Job>>()(() => ({ items: undefined }))

/** Keeps machines and jobs of the studio up to date for as long as the window lives; returns how to stop. */
export function followStudio(): () => void {
  const stops = [
    followTopic<MachineStatus[]>((signal) => getClient().machines.watch(undefined, { signal }), { onValue: (items) => useLiveMachines.setState({ items }) }),
    followTopic<Job[]>((signal) => getClient().jobs.watch(undefined, { signal }), { onValue: (items) => useLiveJobs.setState({ items }) }),
  ]
  return () => stops.forEach((stop) => stop())
}

const NO_MACHINES: readonly MachineStatus[] = []
const NO_JOBS: readonly Job[] = []

/** Every machine as last told; empty while the studio is away. */
export function useMachines(): readonly MachineStatus[] {
  return useLiveMachines((live) => live.items) ?? NO_MACHINES
}

export function useMachine(machineId: string | undefined): MachineStatus | undefined {
  return useMachines().find((machine) => machine.id === machineId)
}

/** Jobs, newest first. */
export function useJobs(): readonly Job[] {
  return useLiveJobs((live) => live.items) ?? NO_JOBS
}

/** True while bytes may go to the machine. */
export function isConnected(machine: MachineStatus): boolean {
  return machine.state !== 'disconnected' && machine.state !== 'connecting'
}

/**
 * Collects a live topic that brings arrays: what is kept, and what is new.
 * @param open gives the topic; a new function starts it anew, so keep it stable
 */
export function useTopicLog<T>(open: ((signal: AbortSignal) => Promise<AsyncIterable<readonly T[]>>) | undefined, limit: number): readonly T[] {
  const [items, setItems] = useState<readonly T[]>([])
  useEffect(() => {
    setItems([])
    if (open === undefined) return undefined
    return followTopic(open, {
      onOpen: () => setItems([]),
      onValue: (more) => setItems((before) => [...before, ...more].slice(-limit)),
    })
  }, [open, limit])
  return items
}
