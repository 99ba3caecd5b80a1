import { loadClipper } from '../../geometry/clipper'
import { runSliceTask } from './run-slice-task'
import type { SliceCall, SliceReply, SliceStage } from './slice-task'

/** Progress is posted after so many layers: a message wakes a thread, which costs more than a simple layer. */
const LAYERS_A_MESSAGE = 8

/** What a worker does with a call: runs it and posts progress and the answer. Loads the clipper before the first call comes. */
export function answerSliceCalls(post: (reply: SliceReply, transfer: ArrayBuffer[]) => void): (call: SliceCall) => void {
  const clipper = loadClipper()
  return ({ id, task }) => {
    clipper
      .then((loaded) => {
        const batch = new LayerBatch((stage, count) => post({ kind: 'layers', id, stage, count }, []))
        const packed = runSliceTask(task, loaded, (stage) => batch.add(stage))
        batch.flush()
        post({ kind: 'done', id, packed }, [packed.counts.buffer, packed.values.buffer])
      })
      .catch((error: unknown) => post({ kind: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : `the clipper gave up (${String(error)})` }, []))
  }
}

class LayerBatch {
  private stage: SliceStage = 'cut'
  private count = 0

  constructor(private readonly tell: (stage: SliceStage, count: number) => void) {}

  add(stage: SliceStage): void {
    if (stage !== this.stage) this.flush()
    this.stage = stage
    if (++this.count >= LAYERS_A_MESSAGE) this.flush()
  }

  flush(): void {
    if (this.count > 0) this.tell(this.stage, this.count)
    this.count = 0
  }
}
