import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../../../shared/gcode/evaluate-expression'
import { expandTemplate } from '../../../shared/gcode/expand-template'

const VARIABLES = { hotendC: 210, bedC: 60, volumeXMm: 220, materialType: 'PLA', combing: true }
const expand = (template: string) => expandTemplate(template, VARIABLES, 'start')
const lines = (template: string) => {
  const result = expand(template)
  return result.ok ? result.value : result.problems.map((problem) => `${problem.place?.['line']} ${problem.code}`)
}

describe('a template', () => {
  it('fills variables and arithmetic in', () => {
    expect(lines('M104 S{hotendC}\nG1 X{volumeXMm / 2 - 5} Y{min(bedC, 20) * 1.5}')).toEqual(['M104 S210', 'G1 X105 Y30'])
  })

  it('writes numbers with five decimals at most', () => {
    expect(lines('G1 X{1 / 3}')).toEqual(['G1 X0.33333'])
  })

  it('chooses between lines', () => {
    const template = 'A\n{if materialType == "ABS"}\nhot\n{elsif hotendC > 200 and combing}\nmiddle\n{else}\ncold\n{endif}\nB'
    expect(lines(template)).toEqual(['A', 'middle', 'B'])
  })

  it('chooses within a line', () => {
    expect(lines('G28{if hotendC > 300} W{endif}\n{if combing}G29{else}G80{endif}')).toEqual(['G28', 'G29'])
  })

  it('doesn’t evaluate what it leaves out', () => {
    expect(lines('{if false}\nM104 S{nonsense}\n{if alsoNonsense}\n{endif}\n{endif}\nG28')).toEqual(['G28'])
  })

  it('names the line of an unknown variable, and every one', () => {
    expect(lines('G28\nM104 S{hotenC}\n{bedc}')).toEqual(['2 gcode/unknown-variable', '3 gcode/unknown-variable'])
  })

  it('names the line of a bad expression', () => {
    expect(lines('{1 +}')).toEqual(['1 gcode/bad-expression'])
    expect(lines('{1 / 0}')).toEqual(['1 gcode/bad-expression'])
    expect(lines('{"a" * 2}')).toEqual(['1 gcode/bad-expression'])
    expect(lines('{2 3}')).toEqual(['1 gcode/bad-expression'])
  })

  it('refuses an {if} left open and an {endif} too many', () => {
    expect(lines('G28\n{if combing}\nG29')).toEqual(['2 gcode/unbalanced-if'])
    expect(lines('{endif}')).toEqual(['1 gcode/unbalanced-if'])
  })

  it('refuses lines that firmware cuts or can’t read, comments aside', () => {
    expect(lines(`M117 ${'x'.repeat(100)}`)).toEqual(['1 gcode/line-too-long'])
    expect(lines(`G28 ; ${'x'.repeat(100)}`)).toHaveLength(1)
    expect(lines('M117 안녕')).toEqual(['1 gcode/not-ascii'])
    expect(lines('G28 ; 안녕')).toEqual(['G28 ; 안녕'])
  })
})

describe('an expression', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-2 * -3', 6],
    ['10 - 2 - 3', 5],
    ['7 % 4', 3],
    ['1 < 2 && !(2 < 1)', true],
    ['not 0 or false', true],
    ['hotendC > 200 ? 1 : 2', 1],
    ['round(2.6) + floor(2.6) + ceil(2.1) + abs(-1) + int(1.9)', 10],
    ['"a" + 1', 'a1'],
    ['materialType == \'PLA\'', true],
    ['.5 + 1e2', 100.5],
  ])('%s', (text, value) => {
    expect(evaluateExpression(text, VARIABLES)).toBe(value)
  })

  it('reaches nothing but its variables', () => {
    for (const text of ['constructor', '__proto__', 'toString()', 'min.constructor', 'process', 'globalThis']) expect(() => evaluateExpression(text, VARIABLES)).toThrow(/no variable|can't be|can’t be/)
  })

  it('never throws anything but what is wrong with it', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => {
      const result = expandTemplate(`{${text.replace(/[{}]/g, '')}}`, VARIABLES, 'start')
      expect(typeof result.ok).toBe('boolean')
    }), { numRuns: 500 })
  })

  it('doesn’t recurse without end', () => {
    expect(() => evaluateExpression(`${'('.repeat(5000)}1${')'.repeat(5000)}`, {})).toThrow(/nested too deep/)
    expect(() => evaluateExpression(`${'-'.repeat(5000)}1`, {})).toThrow(/nested too deep/)
  })
})
