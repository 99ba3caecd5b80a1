import { parentPort } from 'node:worker_threads'
import { answerSliceCalls } from '../../../shared/slicing/pool/answer-slice-calls'
import type { SliceCall } from '../../../shared/slicing/pool/slice-task'

const port = parentPort
if (port === null) throw new Error('slice-worker runs as a worker only')
port.on('message', answerSliceCalls((reply, transfer) => port.postMessage(reply, transfer)) satisfies (call: SliceCall) => void)
