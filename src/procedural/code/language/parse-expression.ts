/** Reads expressions from the tokens of a line, by recursive descent with Python's precedence. */
import type { BinaryOp, CompareOp, Expression } from './syntax.ts';
import { SyntaxFault, type Token } from './tokens.ts';

const KEYWORDS = new Set(
  'and as break class continue def del elif else for from if import in is lambda not or pass return while'.split(
    ' ',
  ),
);
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const COMPARISONS: readonly CompareOp[] = ['<', '<=', '>', '>=', '==', '!=', 'in'];
/** From loose to tight; each groups to the left. */
const LAYERS: readonly (readonly BinaryOp[])[] = [
  ['+', '-'],
  ['*', '//', '%'],
];
/** Deeper nesting is refused, so that no text can exhaust the stack. */
const DEEPEST = 50;

export class ExpressionReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  /** The last token must be of kind `end`. */
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token {
    return this.#tokens[this.#at]!;
  }

  /** Takes a sign or keyword if it comes next. */
  eat(text: string): boolean {
    const { kind, text: found } = this.peek();
    if (found !== text || kind === 'string' || kind === 'end') return false;
    this.#at++;
    return true;
  }

  need(text: string): void {
    if (!this.eat(text)) throw new SyntaxFault(`${this.peek().text || 'the end'} instead of ${text}`);
  }

  name(keywordsToo = false): string {
    const { kind, text } = this.peek();
    if (kind !== 'name' || (!keywordsToo && (KEYWORDS.has(text) || CONSTANTS.has(text))))
      throw new SyntaxFault(`${text || 'the end'} instead of a name`);
    this.#at++;
    return text;
  }

  /** Expressions with commas between them, up to a closing sign, which is taken. */
  list(close: string): Expression[] {
    const items: Expression[] = [];
    while (!this.eat(close)) {
      if (items.length > 0) this.need(',');
      if (items.length > 0 && this.eat(close)) break;
      items.push(this.expression());
    }
    return items;
  }

  expression(): Expression {
    if (++this.#depth > DEEPEST) throw new SyntaxFault('nested too deeply');
    const yes = this.#or();
    let whole = yes;
    if (this.eat('if')) {
      const test = this.#or();
      this.need('else');
      whole = { kind: 'choose', test, yes, no: this.expression() };
    }
    this.#depth--;
    return whole;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.eat('or')) left = { kind: 'binary', op: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.eat('and')) left = { kind: 'binary', op: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Expression {
    if (!this.eat('not')) return this.#comparison();
    if (++this.#depth > DEEPEST) throw new SyntaxFault('nested too deeply');
    const of = this.#not();
    this.#depth--;
    return { kind: 'unary', op: 'not', of };
  }

  #comparison(): Expression {
    const first = this.#layer(0);
    const links: { op: CompareOp; right: Expression }[] = [];
    for (let op = this.#compareOp(); op !== null; op = this.#compareOp())
      links.push({ op, right: this.#layer(0) });
    return links.length === 0 ? first : { kind: 'compare', first, links };
  }

  #compareOp(): CompareOp | null {
    if (this.eat('not')) {
      this.need('in');
      return 'not in';
    }
    return COMPARISONS.find((op) => this.eat(op)) ?? null;
  }

  #layer(at: number): Expression {
    const layer = LAYERS[at];
    if (!layer) return this.#negative();
    let left = this.#layer(at + 1);
    for (;;) {
      const op = layer.find((one) => this.eat(one));
      if (op === undefined) return left;
      left = { kind: 'binary', op, left, right: this.#layer(at + 1) };
    }
  }

  #negative(): Expression {
    if (!this.eat('-')) return this.#power();
    if (++this.#depth > DEEPEST) throw new SyntaxFault('nested too deeply');
    const of = this.#negative();
    this.#depth--;
    return { kind: 'unary', op: '-', of };
  }

  #power(): Expression {
    const left = this.#trailed();
    // Binds tighter than a minus before it and looser than one after it: -2 ** -1 is -(2 ** (-1)).
    return this.eat('**') ? { kind: 'binary', op: '**', left, right: this.#negative() } : left;
  }

  #trailed(): Expression {
    let of = this.#atom();
    for (;;) {
      if (this.eat('[')) of = this.#subscript(of);
      else if (this.eat('.')) {
        const name = this.name();
        this.need('(');
        of = { kind: 'method', of, name, args: this.list(')') };
      } else return of;
    }
  }

  #subscript(of: Expression): Expression {
    const part = (): Expression | null =>
      [':', ']'].includes(this.peek().text) && this.peek().kind === 'sign' ? null : this.expression();
    const from = part();
    if (from !== null && this.eat(']')) return { kind: 'index', of, at: from };
    this.need(':');
    const to = part();
    const by = this.eat(':') ? part() : null;
    this.need(']');
    return { kind: 'slice', of, from, to, by };
  }

  #atom(): Expression {
    const { kind, text } = this.peek();
    if (kind === 'int' || kind === 'string') {
      this.#at++;
      return { kind: 'literal', value: kind === 'int' ? Number(text) : text };
    }
    if (kind === 'name' && CONSTANTS.has(text)) {
      this.#at++;
      return { kind: 'literal', value: CONSTANTS.get(text)! };
    }
    if (this.eat('(')) {
      const inner = this.expression();
      this.need(')');
      return inner;
    }
    if (this.eat('[')) return { kind: 'list', items: this.list(']') };
    const name = this.name();
    return this.eat('(') ? { kind: 'call', name, args: this.list(')') } : { kind: 'name', name };
  }
}
