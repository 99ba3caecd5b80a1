/** `T:210.00 /210.00 B:60.00 /60.00 @:64 B@:127`, also behind `ok`. */
const TEMPERATURES = /^(ok )?\s*T\d*:\s*-?[\d.]+/
/** `ok`, `ok N12 P15 B3`, `wait`, `echo:busy: processing`. */
const ACKNOWLEDGED = /^(ok( N\d+)?( P\d+)?( B\d+)?|wait|echo:busy: .*)$/
/** Asking for temperature, position or job progress, with or without line number and checksum. */
const ASKED = /^(N\d+ ?)?(M105|M114|M27|M155 S\d+|M73.*)(\*\d+)?$/

/** True for the lines that go by all the time and tell nothing new. */
export function isRoutine(text: string): boolean {
  const line = text.trim()
  return TEMPERATURES.test(line) || ACKNOWLEDGED.test(line) || ASKED.test(line)
}
