import { bgcodeToText } from '../../../shared/gcode/bgcode/read-bgcode'
import { parseGcode } from '../../../shared/gcode/parse-gcode'
import { renderGcodeThumbnails, renderThumbnails } from '../../../shared/gcode/render-thumbnail'
import { type MadePrint, makePrint } from '../../../shared/machine/make-print'
import { estimateMaterials } from '../../../shared/machine/print-tools'
import { thumbnailSpecs } from '../../../shared/machine/thumbnail-specs'
import { estimateToolpath } from '../../../shared/toolpath/estimate-toolpath'
import type { Toolpath } from '../../../shared/toolpath/toolpath'
import { failure, type Result, success } from '../../../shared/units/problem'
import { paceProgress } from '../../../shared/units/pace-progress'
import { createBrowserSlicePool } from '../slicing/browser-slice-pool'
import type { PicturedPrint, PrintCall, PrintReply, ReadGcode, ReadGcodeRequest } from './print-messages'

/** Goes with the job. */
const PICTURE = { width: 256, height: 256 }

const report = paceProgress((progress) => reply({ kind: 'progress', progress }), () => performance.now())

function reply(message: PrintReply, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

function buffersOf({ points, role, volumeMm3, feedMmPerS, widthMm }: Toolpath): Transferable[] {
  return [points.buffer, role.buffer, volumeMm3.buffer, feedMmPerS.buffer, widthMm.buffer] as Transferable[]
}

async function make(call: Extract<PrintCall, { kind: 'make' }>): Promise<void> {
  const pool = createBrowserSlicePool()
  try {
    report({ stage: 'picture', done: 0, total: 1 })
    const { objects, machine } = call.request
    const [picture] = renderThumbnails(objects, [PICTURE])
    const made = await makePrint({ ...call.request, thumbnails: renderGcodeThumbnails(objects, thumbnailSpecs(machine)) }, pool, { onProgress: report })
    const result: Result<PicturedPrint> = made.ok ? success(pictured(made.value, picture?.png), made.problems) : made
    reply({ kind: 'made', result }, result.ok ? [...buffersOf(result.value.toolpath), result.value.gcode.buffer as ArrayBuffer] : [])
  } finally {
    pool.dispose()
  }
}

function pictured(made: MadePrint, png: Uint8Array | undefined): PicturedPrint {
  return png === undefined ? made : { ...made, thumbnailPng: png as Uint8Array<ArrayBuffer> }
}

function read({ bytes, machine, material, moreMaterials }: ReadGcodeRequest): Result<ReadGcode> {
  const text = bgcodeToText(bytes)
  if (!text.ok) return text
  const parsed = parseGcode(text.value, { onBytes: (done, total) => report({ stage: 'read', done, total }) })
  if (!parsed.ok) return parsed
  if (parsed.value.toolpath.moveCount === 0) return failure({ code: 'gcode/no-moves', severity: 'error', message: 'The file holds no moves.' })
  const estimate = estimateToolpath(parsed.value.toolpath, machine.motion, estimateMaterials({ machine, material, ...(moreMaterials && { moreMaterials }) }))
  // A machine is sent text, whatever the file was.
  return success({ parsed: parsed.value, estimate, gcode: text.value as Uint8Array<ArrayBuffer> }, parsed.problems)
}

self.addEventListener('message', ({ data: call }: MessageEvent<PrintCall>) => {
  const crashed = (error: unknown) => reply({ kind: 'crashed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  if (call.kind === 'make') {
    make(call).catch(crashed)
    return
  }
  try {
    const result = read(call.request)
    reply({ kind: 'read', result }, result.ok ? [...buffersOf(result.value.parsed.toolpath), result.value.gcode.buffer] : [])
  } catch (error) {
    crashed(error)
  }
})
