/** What a template variable may hold. */
export type TemplateValue = number | string | boolean

/** Says what is wrong in an expression; caught where the template's line is known. */
export class ExpressionError extends Error {
  constructor(
    readonly code: 'gcode/unknown-variable' | 'gcode/bad-expression',
    message: string,
    readonly what: string,
  ) {
    super(message)
  }
}

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|"([^"]*)"|'([^']*)'|(\|\||&&|==|!=|<=|>=|[-+*/%<>!?:(),]))/y

type Token = { readonly kind: 'number'; readonly value: number } | { readonly kind: 'name' | 'text' | 'sign'; readonly value: string }

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  min: Math.min,
  max: Math.max,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
  abs: Math.abs,
  int: Math.trunc,
}

/** Binary operators by level, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [['||', 'or'], ['&&', 'and'], ['==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']]
const MAX_DEPTH = 50

/**
 * Evaluates an expression of a G-code template: numbers, texts, variables, arithmetic, comparison, `and or not` (also
 * `&& || !`), `a ? b : c`, and min, max, round, floor, ceil, abs, int. Nothing else can be reached from it.
 *
 * @throws ExpressionError
 */
export function evaluateExpression(text: string, variables: Readonly<Record<string, TemplateValue>>): TemplateValue {
  const reader = new ExpressionReader(tokens(text), variables)
  const value = reader.choice(0)
  reader.end()
  return value
}

/** Whether a value counts as yes in `{if}`. */
export function isTrue(value: TemplateValue): boolean {
  return value !== false && value !== 0 && value !== ''
}

function tokens(text: string): Token[] {
  const found: Token[] = []
  const trimmed = text.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < trimmed.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(trimmed)
    if (!match) throw new ExpressionError('gcode/bad-expression', `“${trimmed.slice(at)}” can't be read in the expression “${text}”.`, text)
    const [, number, name, double, single, sign] = match
    if (number !== undefined) found.push({ kind: 'number', value: Number(number) })
    else if (name !== undefined) found.push({ kind: 'name', value: name })
    else if (sign !== undefined) found.push({ kind: 'sign', value: sign })
    else found.push({ kind: 'text', value: double ?? single ?? '' })
  }
  return found
}

class ExpressionReader {
  private at = 0

  constructor(
    private readonly list: readonly Token[],
    private readonly variables: Readonly<Record<string, TemplateValue>>,
  ) {}

  choice(depth: number): TemplateValue {
    if (depth > MAX_DEPTH) throw this.bad('it is nested too deep')
    const condition = this.binary(0, depth)
    if (!this.take('?')) return condition
    const yes = this.choice(depth + 1)
    if (!this.take(':')) throw this.bad('“:” is missing after “?”')
    const no = this.choice(depth + 1)
    return isTrue(condition) ? yes : no
  }

  end(): void {
    const left = this.list[this.at]
    if (left !== undefined) throw this.bad(`“${left.value}” is not expected`)
  }

  private binary(level: number, depth: number): TemplateValue {
    const operators = LEVELS[level]
    if (operators === undefined) return this.unary(depth)
    let left = this.binary(level + 1, depth)
    for (let operator = this.takeOne(operators); operator !== undefined; operator = this.takeOne(operators)) {
      left = this.apply(operator, left, this.binary(level + 1, depth))
    }
    return left
  }

  private unary(depth: number): TemplateValue {
    if (depth > MAX_DEPTH) throw this.bad('it is nested too deep')
    if (this.take('-')) return -this.number(this.unary(depth + 1))
    if (this.take('!') || this.take('not')) return !isTrue(this.unary(depth + 1))
    if (this.take('(')) {
      const value = this.choice(depth + 1)
      if (!this.take(')')) throw this.bad('“)” is missing')
      return value
    }
    const token = this.list[this.at++]
    if (token === undefined) throw this.bad('it ends too early')
    if (token.kind === 'sign') throw this.bad(`“${token.value}” is not expected`)
    return token.kind === 'name' ? this.named(token.value, depth) : token.value
  }

  private named(name: string, depth: number): TemplateValue {
    if (name === 'true' || name === 'false') return name === 'true'
    if (Object.hasOwn(FUNCTIONS, name) && this.take('(')) {
      const values: number[] = []
      do values.push(this.number(this.choice(depth + 1)))
      while (this.take(','))
      if (!this.take(')')) throw this.bad('“)” is missing')
      return (FUNCTIONS[name] as (...values: number[]) => number)(...values)
    }
    if (!Object.hasOwn(this.variables, name)) {
      throw new ExpressionError('gcode/unknown-variable', `There is no variable “${name}”. Known: ${Object.keys(this.variables).toSorted().join(', ')}.`, name)
    }
    return this.variables[name] as TemplateValue
  }

  private apply(operator: string, left: TemplateValue, right: TemplateValue): TemplateValue {
    switch (operator) {
      case '||': case 'or': return isTrue(left) || isTrue(right)
      case '&&': case 'and': return isTrue(left) && isTrue(right)
      case '==': return left === right
      case '!=': return left !== right
      case '<': return this.number(left) < this.number(right)
      case '<=': return this.number(left) <= this.number(right)
      case '>': return this.number(left) > this.number(right)
      case '>=': return this.number(left) >= this.number(right)
      case '+': return typeof left === 'string' || typeof right === 'string' ? String(left) + String(right) : this.number(left) + this.number(right)
      case '-': return this.number(left) - this.number(right)
      case '*': return this.number(left) * this.number(right)
      default: return this.quotient(operator, this.number(left), this.number(right))
    }
  }

  private quotient(operator: string, left: number, right: number): number {
    if (right === 0) throw this.bad('it divides by zero')
    return operator === '/' ? left / right : left % right
  }

  private number(value: TemplateValue): number {
    if (typeof value === 'string') throw this.bad(`the text “${value}” stands where a number belongs`)
    return Number(value)
  }

  private take(text: string): boolean {
    const token = this.list[this.at]
    if (token?.value !== text || token.kind === 'text') return false
    this.at++
    return true
  }

  private takeOne(texts: readonly string[]): string | undefined {
    return texts.find((text) => this.take(text))
  }

  private bad(why: string): ExpressionError {
    const text = this.list.map((token) => token.value).join(' ')
    return new ExpressionError('gcode/bad-expression', `The expression “${text}” can't be evaluated: ${why}.`, text)
  }
}
