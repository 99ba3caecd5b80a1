import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { english } from '../../../renderer/i18n/english'
import { korean } from '../../../renderer/i18n/korean'
import { translator } from '../../../renderer/i18n/text'
import { readSources } from '../../layers/read-imports'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const en: Readonly<Record<string, string>> = english
const ko: Readonly<Record<string, string>> = korean
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()

/** Codes that never reach a person by the window: command lines, doors, calls. */
const NOT_SHOWN = /^(cli|call|host|image|application|text|font|model|multipart)\//

describe('the texts of the window', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(ko).toSorted()).toEqual(Object.keys(en).toSorted())
  })

  it('are never empty', () => {
    expect(Object.entries({ ...en, ...ko }).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('name the same values in both languages', () => {
    const differing = Object.keys(en).filter((key) => JSON.stringify([...new Set(placeholders(en[key]!))]) !== JSON.stringify([...new Set(placeholders(ko[key]!))]))
    expect(differing).toEqual([])
  })

  it('are Korean where the language is Korean', () => {
    const foreign = Object.entries(ko).filter(([key, text]) => /[a-z]{4,}/i.test(text) && !/[가-힣]/.test(text) && text !== en[key])
    expect(foreign).toEqual([])
  })

  it('are there for every problem that code can report', () => {
    const codes = new Set<string>()
    for (const [, code] of readSources(root, ['shared', 'electron', 'renderer'])) {
      for (const [, found] of code.matchAll(/(?:code: |StudioError\(\s*|report\(|problem\(|warn\(|fail\(|bad\()'([a-z0-9-]+\/[a-z0-9-]+)'/g)) if (!NOT_SHOWN.test(found!)) codes.add(found!)
    }
    expect(codes.size).toBeGreaterThan(40)
    expect([...codes].filter((code) => en[`problem.${code}`] === undefined).toSorted()).toEqual([])
  })

  it('choose the Korean particle by the word before it', () => {
    const t = translator('ko')
    expect(t('machines.remove.text', { name: '프린터' })).toContain('“프린터”를')
    expect(t('machines.remove.text', { name: '작업실' })).toContain('“작업실”을')
  })
})
