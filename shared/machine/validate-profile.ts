import { THUMBNAIL_FORMATS } from '../gcode/gcode-options'
import { SETTINGS, type SettingDefinition } from '../slicing/settings'
import { failure, success, type Result } from '../units/problem'
import { FieldChecker } from './check-fields'
import type { StoredProfile } from './profile'

const FIRMWARES = ['marlin', 'prusa', 'klipper', 'reprapfirmware', 'smoothie', 'grbl']
const MAX_TEMPLATE = 20_000
const MAX_THUMBNAILS = 12

/**
 * Checks a profile, also one that comes from a file or another computer: all fields there, of their kind and in range.
 *
 * Codes: `profile/bad-field`, `profile/missing-text`, `profile/out-of-range`, `profile/bad-choice`, `profile/unknown-setting`; `place.key`
 * is the path of the field, e.g. `profile.volume.xMm`.
 */
export function validateProfile(profile: unknown): Result<StoredProfile> {
  const check = new FieldChecker()
  const stored = check.object(profile, 'file')
  if (stored) {
    check.choice(stored['kind'], 'kind', ['machine', 'material', 'quality'])
    if (stored['parentId'] !== undefined) check.text(stored['parentId'], 'parentId', { min: 1 })
    const body = check.object(stored['profile'], 'profile')
    if (body) {
      checkCommon(check, body)
      if (stored['kind'] === 'machine') checkMachine(check, body)
      if (stored['kind'] === 'material') check.text(body['type'], 'profile.type', { min: 1, max: 40 })
    }
  }
  return check.problems.length > 0 ? failure(...check.problems) : success(profile as StoredProfile)
}

function checkCommon(check: FieldChecker, body: Readonly<Record<string, unknown>>): void {
  check.text(body['id'], 'profile.id', { min: 1, max: 100 })
  check.text(body['name'], 'profile.name', { min: 1, max: 80 })
  check.text(body['source'], 'profile.source', { max: 500 })
  const settings = check.object(body['settings'], 'profile.settings')
  for (const [key, value] of Object.entries(settings ?? {})) checkSetting(check, key, value)
}

function checkSetting(check: FieldChecker, key: string, value: unknown, group = 'profile.settings'): void {
  const path = `${group}.${key}`
  if (!Object.hasOwn(SETTINGS, key)) {
    check.report('profile/unknown-setting', path, 'is no setting of this studio')
    return
  }
  const definition: SettingDefinition = SETTINGS[key as keyof typeof SETTINGS]
  if (definition.kind === 'boolean') check.boolean(value, path)
  else if (definition.kind === 'choice') check.choice(value, path, definition.choices)
  else {
    check.number(value, path, [definition.min, definition.max])
    if (definition.integer === true && !Number.isInteger(value)) check.report('profile/bad-field', path, 'must be a whole number')
  }
}

function checkThumbnails(check: FieldChecker, value: unknown): void {
  const list: readonly unknown[] = Array.isArray(value) && value.length <= MAX_THUMBNAILS ? value : []
  if (list !== value) check.report('profile/bad-field', 'profile.thumbnails', `must be a list of at most ${MAX_THUMBNAILS} pictures`)
  list.forEach((one, i) => {
    const picture = check.object(one, `profile.thumbnails[${i}]`)
    for (const side of ['width', 'height']) check.number(picture?.[side], `profile.thumbnails[${i}].${side}`, [8, 1024])
    check.choice(picture?.['format'], `profile.thumbnails[${i}].format`, THUMBNAIL_FORMATS)
  })
}

function checkMachine(check: FieldChecker, body: Readonly<Record<string, unknown>>): void {
  check.text(body['vendor'], 'profile.vendor', { max: 80 })
  check.choice(body['firmware'], 'profile.firmware', FIRMWARES)
  check.boolean(body['heatedBed'], 'profile.heatedBed')
  if (body['purpose'] !== undefined) check.choice(body['purpose'], 'profile.purpose', ['printer', 'laser', 'mill'])
  if (body['thumbnails'] !== undefined) checkThumbnails(check, body['thumbnails'])
  // Lasers and mills heat nothing.
  check.number(body['maxHotendC'], 'profile.maxHotendC', [body['firmware'] === 'grbl' ? 0 : 100, 500])
  check.number(body['maxBedC'], 'profile.maxBedC', [0, 200])
  check.number(body['baudRate'], 'profile.baudRate', [1200, 4_000_000])
  check.text(body['startGcode'], 'profile.startGcode', { max: MAX_TEMPLATE })
  check.text(body['endGcode'], 'profile.endGcode', { max: MAX_TEMPLATE })
  for (const key of ['layerGcode', 'toolGcode', 'pauseGcode', 'colourChangeGcode']) if (body[key] !== undefined) check.text(body[key], `profile.${key}`, { max: MAX_TEMPLATE })
  const volume = check.object(body['volume'], 'profile.volume')
  if (volume) {
    for (const key of ['xMm', 'yMm', 'zMm']) check.number(volume[key], `profile.volume.${key}`, [10, 5000])
    check.choice(volume['origin'], 'profile.volume.origin', ['corner', 'centre'])
    check.choice(volume['shape'], 'profile.volume.shape', ['rectangle', 'circle'])
  }
  checkHead(check, body['headClearance'])
  checkExtruders(check, body)
  checkMotion(check, body['motion'])
  checkUsb(check, body['usb'])
}

const MAX_EXTRUDERS = 16

function checkExtruders(check: FieldChecker, body: Readonly<Record<string, unknown>>): void {
  const { extruders, sharedNozzle, toolChangeS, purgeMm3 } = body
  if (sharedNozzle !== undefined) check.boolean(sharedNozzle, 'profile.sharedNozzle')
  if (toolChangeS !== undefined) check.number(toolChangeS, 'profile.toolChangeS', [0, 600])
  const list = (value: unknown, path: string) => {
    if (Array.isArray(value) && value.length >= 1 && value.length <= MAX_EXTRUDERS) return value as readonly unknown[]
    check.report('profile/bad-field', path, `must be a list of 1 to ${MAX_EXTRUDERS}`)
    return []
  }
  const all = extruders === undefined ? [] : list(extruders, 'profile.extruders')
  all.forEach((one, i) => {
    const path = `profile.extruders[${i}]`
    const extruder = check.object(one, path)
    if (!extruder) return
    if (extruder['offsetMm'] !== undefined) check.numbers(extruder['offsetMm'], `${path}.offsetMm`, { count: 2, range: [-500, 500] })
    for (const [key, value] of Object.entries(check.object(extruder['settings'], `${path}.settings`) ?? {})) checkSetting(check, key, value, `${path}.settings`)
  })
  if (purgeMm3 !== undefined) list(purgeMm3, 'profile.purgeMm3').forEach((row, i) => check.numbers(row, `profile.purgeMm3[${i}]`, { count: Math.max(1, all.length), range: [0, 2000] }))
}

function checkHead(check: FieldChecker, value: unknown): void {
  const head = value === undefined ? undefined : check.object(value, 'profile.headClearance')
  if (head) for (const key of ['leftMm', 'rightMm', 'frontMm', 'backMm', 'gantryHeightMm']) check.number(head[key], `profile.headClearance.${key}`, [0, 2000])
}

function checkMotion(check: FieldChecker, value: unknown): void {
  const motion = check.object(value, 'profile.motion')
  if (!motion) return
  check.numbers(motion['maxFeedMmPerS'], 'profile.motion.maxFeedMmPerS', { count: 4, range: [0.1, 5000] })
  check.numbers(motion['maxAccelerationMmPerS2'], 'profile.motion.maxAccelerationMmPerS2', { count: 4, range: [1, 200_000] })
  for (const key of ['printAccelerationMmPerS2', 'travelAccelerationMmPerS2', 'retractAccelerationMmPerS2']) check.number(motion[key], `profile.motion.${key}`, [1, 200_000])
  if (motion['plannerBlocks'] !== undefined) check.number(motion['plannerBlocks'], 'profile.motion.plannerBlocks', [2, 1024])
  const cornering = check.object(motion['cornering'], 'profile.motion.cornering')
  if (!cornering) return
  check.choice(cornering['kind'], 'profile.motion.cornering.kind', ['jerk', 'junction-deviation'])
  if (cornering['kind'] === 'jerk') check.numbers(cornering['jerkMmPerS'], 'profile.motion.cornering.jerkMmPerS', { count: 4, range: [0.01, 200] })
  if (cornering['kind'] === 'junction-deviation') check.number(cornering['junctionDeviationMm'], 'profile.motion.cornering.junctionDeviationMm', [0.001, 1])
}

function checkUsb(check: FieldChecker, value: unknown): void {
  if (!Array.isArray(value)) {
    check.report('profile/bad-field', 'profile.usb', 'must be a list')
    return
  }
  value.forEach((item: unknown, i) => {
    const usb = check.object(item, `profile.usb[${i}]`)
    for (const key of ['vendorId', 'productId']) {
      const id = usb?.[key]
      if (usb && (typeof id !== 'string' || !/^[0-9a-f]{4}$/.test(id))) check.report('profile/bad-field', `profile.usb[${i}].${key}`, 'must be 4 digits of 0-9 a-f')
    }
  })
}
