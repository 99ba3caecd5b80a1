import type { Firmware, MachineProfile, ThumbnailSpec } from './profile'

const png = (width: number, height: number): ThumbnailSpec => ({ width, height, format: 'png' })
const qoi = (width: number, height: number): ThumbnailSpec => ({ width, height, format: 'qoi' })
/** The list of files and the page of the job, in the sizes that OctoPrint's, Mainsail's and Fluidd's viewers ask for. */
const HOSTS = [png(32, 32), png(300, 300)]
/** Prusa's printers with a colour screen read QOI; Prusa Connect takes the PNG. @see https://help.prusa3d.com/article/g-code-thumbnails-model-preview_379449 */
const PRUSA = [qoi(16, 16), qoi(313, 173), qoi(440, 240), qoi(480, 240), png(380, 285)]
/** Duet Web Control and PanelDue. @see https://docs.duet3d.com/User_manual/Reference/Gcode_Thumbnails */
const DUET = [qoi(32, 32), qoi(160, 160), png(300, 300)]

const USUAL: Readonly<Record<Firmware, readonly ThumbnailSpec[]>> = { marlin: HOSTS, klipper: HOSTS, smoothie: HOSTS, grbl: HOSTS, prusa: PRUSA, reprapfirmware: DUET }

/** The pictures that belong into a machine's files: its own, else those that its kind of firmware shows. */
export function thumbnailSpecs({ thumbnails, firmware }: Pick<MachineProfile, 'thumbnails' | 'firmware'>): readonly ThumbnailSpec[] {
  return thumbnails ?? USUAL[firmware]
}
