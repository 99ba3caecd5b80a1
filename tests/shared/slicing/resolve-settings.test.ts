import { describe, expect, it } from 'vitest'
import { parseSetting, resolveSettings } from '../../../shared/slicing/resolve-settings'
import { SETTINGS, type SettingValues } from '../../../shared/slicing/settings'
import type { Result } from '../../../shared/units/problem'

function codes(result: Result<unknown>): string[] {
  return result.problems.map(({ code }) => code)
}

function resolve(values: SettingValues) {
  return resolveSettings([{ source: 'quality', values }])
}

describe('resolving settings', () => {
  it('takes the defaults when nothing is laid over them, without a warning', () => {
    const result = resolveSettings([])
    expect(result.problems).toEqual([])
    if (!result.ok) throw new Error('refused')
    expect(Object.keys(result.value.settings).toSorted()).toEqual(Object.keys(SETTINGS).toSorted())
    expect(result.value.settings.layerHeightMm).toBe(SETTINGS.layerHeightMm.default)
    expect(result.value.sources.layerHeightMm).toBe('default')
  })

  it('lets later layers win and tells where each value is from', () => {
    const result = resolveSettings([
      { source: 'machine', values: { retractionMm: 5, zHopMm: 0.2 } },
      { source: 'overrides', values: { retractionMm: 1 } },
    ])
    if (!result.ok) throw new Error('refused')
    expect(result.value.settings.retractionMm).toBe(1)
    expect(result.value.sources.retractionMm).toBe('overrides')
    expect(result.value.sources.zHopMm).toBe('machine')
  })

  it('reports every bad value, not the first', () => {
    const values = { wallCount: 2.5, infillPercent: 130, seam: 'left', combing: 'yes', layerHeight: 1, topLayers: Number.NaN } as unknown as SettingValues
    const result = resolve(values)
    expect(result.ok).toBe(false)
    expect(codes(result)).toEqual(['setting/no-whole-number', 'setting/out-of-range', 'setting/bad-choice', 'setting/bad-choice', 'setting/unknown', 'setting/no-whole-number'])
    expect(result.problems[1]?.values).toMatchObject({ key: 'infillPercent', min: 0, max: 100, value: 130, source: 'quality' })
  })

  it('refuses a layer higher than the nozzle and warns of one that is nearly so', () => {
    expect(codes(resolve({ layerHeightMm: 0.45, outerWallLineWidthMm: 0.5, innerWallLineWidthMm: 0.5, skinLineWidthMm: 0.5, infillLineWidthMm: 0.5 }))).toEqual(['setting/layer-too-high'])
    const high = resolve({ layerHeightMm: 0.36 })
    expect(high.ok).toBe(true)
    expect(codes(high)).toEqual(['setting/layer-high'])
  })

  it('refuses a line narrower than the layer is high', () => {
    expect(codes(resolve({ outerWallLineWidthMm: 0.19 }))).toEqual(['setting/line-narrower-than-layer'])
  })

  it('warns of a line that the nozzle can hardly lay', () => {
    expect(codes(resolve({ skinLineWidthMm: 1.2 }))).toEqual(['setting/line-width-odd'])
  })

  it('refuses settings that print nothing', () => {
    expect(codes(resolve({ wallCount: 0, infillPercent: 0, topLayers: 0, bottomLayers: 0 }))).toEqual(['setting/nothing-to-print'])
  })

  it('warns when nothing can slow down to cool', () => {
    expect(codes(resolve({ minFeedMmPerS: 90 }))).toEqual(['setting/min-feed-above-feed'])
  })
})

describe('one setting from text', () => {
  it.each([
    ['infillPercent', '20', 20],
    ['infillPercent', ' 20 % ', 20],
    ['layerHeightMm', '0.12mm', 0.12],
    ['layerHeightMm', '.2', 0.2],
    ['seam', 'rear', 'rear'],
    ['combing', 'off', false],
    ['relativeExtrusion', 'TRUE', true],
  ])('%s=%s', (key, text, value) => {
    expect(parseSetting(key, text)).toMatchObject({ ok: true, value: { [key]: value } })
  })

  it.each([
    ['infillPercent', '20 apples', 'setting/no-number'],
    ['infillPercent', '', 'setting/no-number'],
    ['infillPercent', '0x10', 'setting/no-number'],
    ['infillPercent', '1e9', 'setting/out-of-range'],
    ['wallCount', '2.5', 'setting/no-whole-number'],
    ['seam', 'left', 'setting/bad-choice'],
    ['combing', 'maybe', 'setting/bad-choice'],
    ['__proto__', '1', 'setting/unknown'],
    ['toString', '1', 'setting/unknown'],
  ])('%s=%s is refused', (key, text, code) => {
    expect(codes(parseSetting(key, text))).toEqual([code])
  })

  it('names the nearest setting and all the valid ones for a key that is unknown', () => {
    const [problem] = parseSetting('layerheight', '0.2').problems
    expect(problem?.message).toContain('Did you mean layerHeightMm?')
    for (const key of Object.keys(SETTINGS)) expect(problem?.message).toContain(key)
    expect(parseSetting('infill-percnt', '20').problems[0]?.values?.['nearest']).toBe('infillPercent')
    expect(parseSetting('qqqqqqqq', '20').problems[0]?.values?.['nearest']).toBe('')
  })
})
