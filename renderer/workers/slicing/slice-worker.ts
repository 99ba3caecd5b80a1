import { answerSliceCalls } from '../../../shared/slicing/pool/answer-slice-calls'
import type { SliceCall } from '../../../shared/slicing/pool/slice-task'

const answer = answerSliceCalls((reply, transfer) => self.postMessage(reply, { transfer }))
self.addEventListener('message', ({ data }: MessageEvent<SliceCall>) => answer(data))
