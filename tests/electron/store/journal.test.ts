import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../electron/store/journal'
import { useTempFolders } from './temp-folder'

const folder = useTempFolders()

function journalOf(records: readonly unknown[], file = join(folder(), 'jobs.journal')): string {
  const journal = openJournal(file)
  for (const record of records) journal.append(record)
  journal.close()
  return file
}

function recordsIn(file: string) {
  const journal = openJournal(file)
  journal.close()
  return { records: journal.records, damagedCount: journal.damagedCount }
}

describe('a journal', () => {
  it('has its records again, in order', () => {
    const records = [{ job: '1', state: 'running' }, 'text with\na line break', null, { name: '작업' }]
    expect(recordsIn(journalOf(records))).toEqual({ records, damagedCount: 0 })
  })

  it('is empty when it is new', () => {
    expect(recordsIn(join(folder(), 'deep', 'new.journal'))).toEqual({ records: [], damagedCount: 0 })
  })

  it('cuts a torn end off, at any length, and goes on behind the last whole record', () => {
    const whole = readFileSync(journalOf([{ n: 1 }, { n: 2 }]))
    const last = readFileSync(journalOf([{ n: 3, text: '끝' }]))
    for (let length = 0; length < last.length; length += 1) {
      const file = join(folder(), 'torn.journal')
      writeFileSync(file, Buffer.concat([whole, last.subarray(0, length)]))
      expect(recordsIn(file).records).toEqual([{ n: 1 }, { n: 2 }])
      expect(statSync(file).size).toBe(whole.length)
      journalOf([{ n: 4 }], file)
      expect(recordsIn(file).records).toEqual([{ n: 1 }, { n: 2 }, { n: 4 }])
    }
  })

  it('cuts off an end of noughts, which a file system leaves after a power cut', () => {
    const file = journalOf([{ n: 1 }])
    appendFileSync(file, Buffer.alloc(100))
    expect(recordsIn(file)).toEqual({ records: [{ n: 1 }], damagedCount: 0 })
  })

  it('passes over a damaged line in its middle and counts it', () => {
    const file = journalOf([{ n: 1 }, { n: 2 }, { n: 3 }])
    writeFileSync(file, readFileSync(file, 'utf8').replace('{"n":2}', '{"n":7}'))
    expect(recordsIn(file)).toEqual({ records: [{ n: 1 }, { n: 3 }], damagedCount: 1 })
  })

  it('keeps records that were not forced to the disk when its process goes on', () => {
    const file = join(folder(), 'jobs.journal')
    const journal = openJournal(file)
    journal.append({ line: 1 }, { isDurable: false })
    journal.append({ line: 2 })
    journal.close()
    expect(recordsIn(file).records).toEqual([{ line: 1 }, { line: 2 }])
  })

  it('is replaced by fewer records, and appended to after that', () => {
    const file = journalOf([{ n: 1 }, { n: 2 }, { n: 3 }])
    const journal = openJournal(file)
    journal.rewrite([{ n: 3 }])
    journal.append({ n: 4 })
    journal.close()
    expect(recordsIn(file).records).toEqual([{ n: 3 }, { n: 4 }])
  })

  it('loses only records behind a cut, whatever they were and wherever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 8 }), fc.nat(), (records, at) => {
        const file = journalOf(records)
        const cut = at % (statSync(file).size + 1)
        truncateSync(file, cut)
        const expected = JSON.parse(JSON.stringify(records)) as unknown[]
        const found = recordsIn(file).records
        expect(found).toEqual(expected.slice(0, found.length))
        expect(found.length).toBe(readFileSync(file, 'utf8').split('\n').length - 1)
      }),
      { numRuns: 40 },
    )
  })
})
