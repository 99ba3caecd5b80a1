import type { Dialect } from './dialect'
import { marlin } from './marlin'

/**
 * Prusa's firmwares (MK3, MK4, MINI): Marlin's words, with a pause of their own.
 *
 * @see https://help.prusa3d.com/article/prusa-firmware-specific-g-code-commands_112173
 */
export const prusa: Dialect = { ...marlin, pause: () => ['M601'] }
