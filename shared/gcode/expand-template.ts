import { failure, success, type Problem, type Result } from '../units/problem'
import { evaluateExpression, ExpressionError, isTrue, type TemplateValue } from './evaluate-expression'

/** Longest G-code line that firmware takes with its line number and checksum around it. */
export const MAX_LINE_LENGTH = 90

/** An `{if}` that is open: whether its present branch is written, and whether one was already taken. */
interface Branch {
  readonly line: number
  isActive: boolean
  isTaken: boolean
  readonly isOuterActive: boolean
}

/**
 * Fills a start or end G-code template in: `{name}` and `{expression}` become their value (numbers with up to 5
 * decimals), `{if …}`, `{elsif …}`, `{else}`, `{endif}` choose between lines or parts of lines. Lines that become empty
 * because of a choice are left out.
 *
 * Problems: `gcode/unknown-variable`, `gcode/bad-expression`, `gcode/unbalanced-if`, `gcode/line-too-long`,
 * `gcode/not-ascii`; `place.line` counts from 1.
 */
export function expandTemplate(template: string, variables: Readonly<Record<string, TemplateValue>>, name: string): Result<string[]> {
  const expander = new TemplateExpander(variables, name)
  template.split(/\r\n|\r|\n/).forEach((line, i) => expander.line(line, i + 1))
  return expander.finish()
}

class TemplateExpander {
  private readonly lines: string[] = []
  private readonly problems: Problem[] = []
  private readonly branches: Branch[] = []

  constructor(
    private readonly variables: Readonly<Record<string, TemplateValue>>,
    private readonly name: string,
  ) {}

  line(text: string, number: number): void {
    const wasActive = this.isActive
    let hasChoice = false
    let written = ''
    for (const part of text.split(/(\{[^{}]*\})/)) {
      const inner = part.startsWith('{') && part.endsWith('}') ? part.slice(1, -1).trim() : undefined
      if (inner === undefined) {
        if (this.isActive) written += part
      } else if (this.choose(inner, number)) hasChoice = true
      else if (this.isActive) written += this.value(inner, number)
    }
    if (!wasActive && !this.isActive && written === '') return
    if (written.trim() === '' && (hasChoice || text.trim() === '')) return
    this.check(written, number)
    this.lines.push(written.trimEnd())
  }

  finish(): Result<string[]> {
    for (const branch of this.branches) this.report('gcode/unbalanced-if', branch.line, 'an {if} has no {endif}')
    return this.problems.some((problem) => problem.severity === 'error') ? failure(...this.problems) : success(this.lines, this.problems)
  }

  private get isActive(): boolean {
    return this.branches.at(-1)?.isActive ?? true
  }

  /** Handles `if`, `elsif`, `else`, `endif`; false when the part is a value. */
  private choose(inner: string, line: number): boolean {
    const [, word, condition = ''] = /^(if|elsif|elif|else|endif)\b(.*)$/.exec(inner) ?? []
    if (word === undefined) return false
    const branch = this.branches.at(-1)
    if (word === 'if') {
      const isActive = this.isActive && this.isMet(condition, line)
      this.branches.push({ line, isActive, isTaken: isActive, isOuterActive: this.isActive })
    } else if (branch === undefined) this.report('gcode/unbalanced-if', line, `{${word}} has no {if}`)
    else if (word === 'endif') this.branches.pop()
    else {
      const isOpen = branch.isOuterActive && !branch.isTaken
      branch.isActive = isOpen && (word === 'else' || this.isMet(condition, line))
      branch.isTaken ||= branch.isActive
    }
    return true
  }

  private isMet(condition: string, line: number): boolean {
    const value = this.evaluate(condition, line)
    return value !== undefined && isTrue(value)
  }

  private value(expression: string, line: number): string {
    const value = this.evaluate(expression, line)
    return typeof value === 'number' ? String(Math.round(value * 100_000) / 100_000) : String(value ?? '')
  }

  private evaluate(expression: string, line: number): TemplateValue | undefined {
    try {
      return evaluateExpression(expression, this.variables)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      this.problems.push({ code: error.code, severity: 'error', place: { line, template: this.name }, values: { what: error.what, template: this.name }, message: `Line ${line} of the ${this.name} G-code: ${error.message}` })
      return undefined
    }
  }

  private check(written: string, line: number): void {
    const command = written.replace(/;.*$/, '').trimEnd()
    if (command.length > MAX_LINE_LENGTH) this.report('gcode/line-too-long', line, `it is longer than ${MAX_LINE_LENGTH} characters, which firmware cuts`)
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[^\x20-\x7e\t]/.test(command)) this.report('gcode/not-ascii', line, 'it has characters that firmware can\'t read')
  }

  private report(code: string, line: number, why: string): void {
    this.problems.push({ code, severity: 'error', place: { line, template: this.name }, values: { template: this.name, max: MAX_LINE_LENGTH }, message: `Line ${line} of the ${this.name} G-code: ${why}.` })
  }
}
