import { loadClipper } from '../../geometry/clipper'
import { runSliceTask } from './run-slice-task'
import type { SliceCall, SliceReply } from './slice-task'

/** What a worker does with a call: runs it and posts progress and the answer. Loads the clipper before the first call comes. */
export function answerSliceCalls(post: (reply: SliceReply, transfer: ArrayBuffer[]) => void): (call: SliceCall) => void {
  const clipper = loadClipper()
  return ({ id, task }) => {
    clipper
      .then((loaded) => {
        const packed = runSliceTask(task, loaded, (stage) => post({ kind: 'layer', id, stage }, []))
        post({ kind: 'done', id, packed }, [packed.counts.buffer, packed.values.buffer])
      })
      .catch((error: unknown) => post({ kind: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : `the clipper gave up (${String(error)})` }, []))
  }
}
