import { useEffect } from 'react'
import { shownMoves, stepMove, usePreview } from './preview-state'

/** A layer takes about this long to play, however many moves it has. */
const LAYER_S = 2.5
const FEWEST_MOVES_PER_S = 8

/** Plays the print move by move while `isPlaying`; ends at the last move, begins again from the first layer when it stood there. */
export function usePlay(layerStarts: Uint32Array | undefined): void {
  const isPlaying = usePreview((state) => state.isPlaying)
  useEffect(() => {
    if (!isPlaying || layerStarts === undefined) return undefined
    const total = layerStarts.at(-1) ?? 0
    if (shownMoves(layerStarts, usePreview.getState()).end >= total) usePreview.setState({ top: usePreview.getState().bottom, moves: 1 })
    let frame = 0
    let lastMs: number | undefined
    let due = 0
    const tick = (nowMs: number) => {
      const { end, layerStart, layerEnd } = shownMoves(layerStarts, usePreview.getState())
      if (end >= total) {
        usePreview.setState({ isPlaying: false })
        return
      }
      due += (((nowMs - (lastMs ?? nowMs)) / 1000) * Math.max(FEWEST_MOVES_PER_S * LAYER_S, layerEnd - layerStart)) / LAYER_S
      lastMs = nowMs
      if (due >= 1) stepMove(Math.floor(due), layerStarts)
      due %= 1
      frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [isPlaying, layerStarts])
}
