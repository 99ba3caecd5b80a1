/** Alarms that a machine with Grbl can report; the window has a text and a remedy for each (`problem.grbl/alarm-N`). */
const ALARMS: Readonly<Record<number, string>> = {
  1: 'A limit switch was hit; the position is lost.',
  2: 'A move would leave the machine.',
  3: 'The machine was reset while it moved; the position is lost.',
  4: 'The probe was touched before probing began.',
  5: 'The probe met nothing on its way.',
  6: 'Homing was interrupted by a reset.',
  7: 'The door was opened during homing.',
  8: "Homing didn't come off the limit switch.",
  9: "Homing didn't find the limit switch.",
  10: 'Homing failed: the second switch of a ganged axis was not found.',
  11: 'The machine wants to be homed first.',
  14: 'The spindle did not reach its speed.',
  17: 'The motors report a fault.',
}

const ERRORS: Readonly<Record<number, string>> = {
  1: 'a letter is missing', 2: 'a number is missing or malformed', 3: 'the $ command is unknown', 4: 'a value is negative', 5: 'homing is switched off ($22)', 6: 'the step pulse is too short',
  7: 'the stored settings could not be read', 8: 'the machine must be idle for it', 9: 'the machine is locked', 10: 'soft limits need homing', 11: 'the line is too long', 12: 'the step rate is too high',
  13: 'the door is open', 14: 'the start-up line is too long', 15: 'the jog leaves the machine', 16: 'the jog is malformed', 17: 'laser mode needs a PWM output', 20: 'the command is unknown',
  21: 'two commands exclude each other', 22: 'the feed rate is missing', 23: 'the value must be whole', 24: 'two commands want the axis words', 25: 'a word is repeated', 26: 'the axis words are missing',
  27: 'the line number is out of range', 28: 'a value is missing', 29: 'there is no such work offset', 30: 'G53 needs G0 or G1', 31: 'there are axis words without use', 32: 'the arc has no axis in its plane',
  33: 'the target of the move is impossible', 34: 'the radius of the arc is impossible', 35: 'the centre of the arc is missing', 36: 'there are words without use', 37: 'G43.1 needs Z', 38: 'the tool number is too large',
}

/** An alarm in English; unknown numbers are told as such. */
export function alarmText(code: number): string {
  return ALARMS[code] ?? `The machine reports alarm ${code}.`
}

/** An error in English; unknown numbers are told as such. */
export function errorText(code: number): string {
  return ERRORS[code] ?? `error ${code}`
}

/** The code of a text by number: the number's own where there is one, else the general one. */
export function alarmCode(code: number): string {
  return ALARMS[code] === undefined ? 'grbl/alarm' : `grbl/alarm-${code}`
}

/** As `alarmCode`, for errors. */
export function errorCode(code: number): string {
  return ERRORS[code] === undefined ? 'grbl/error' : `grbl/error-${code}`
}
