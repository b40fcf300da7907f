import { invalid } from './attribute-value.ts';

const token = /\s*(<>|<=|>=|[=<>(),+-]|#\w+|:\w+|[A-Za-z_]\w*)/y;

/** The words of an expression, read one after the other. Keywords are upper case once read; names of functions are as they were written. */
export class Tokens {
  readonly #words: readonly string[];
  #at = 0;

  /** @throws AwsFault for a character that no supported expression has; paths into documents are not supported */
  constructor(expression: unknown) {
    if (typeof expression !== 'string' || expression.trim() === '') throw invalid('Invalid expression: The expression can not be empty;');
    this.#words = wordsOf(expression.trimEnd());
  }

  peek(): string | undefined {
    return this.#words[this.#at];
  }

  next(): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw invalid('Invalid expression: Syntax error; token: "<EOF>"');
    return word;
  }

  /** Takes the word if it is the next one. */
  take(word: string): boolean {
    if (this.peek()?.toUpperCase() !== word) return false;
    this.#at++;
    return true;
  }

  expect(word: string): void {
    if (!this.take(word)) throw this.unexpected();
  }

  end(): void {
    if (this.peek() !== undefined) throw this.unexpected();
  }

  unexpected(): Error {
    return invalid(`Invalid expression: Syntax error; token: "${this.peek() ?? '<EOF>'}"`);
  }
}

function wordsOf(expression: string): readonly string[] {
  const words: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.length) {
    const from = token.lastIndex;
    const word = token.exec(expression)?.[1];
    if (word === undefined) throw invalid(`Invalid expression: Syntax error or unsupported; near: "${expression.slice(from, from + 20)}"`);
    words.push(word);
  }
  return words;
}
