import type { Evidence } from './evidence.ts';

/** Where the story is written: chapters, lines, and claims with what speaks against them. */
export class Page {
  readonly #out: NodeJS.WritableStream;

  constructor(out: NodeJS.WritableStream) {
    this.#out = out;
  }

  chapter(title: string): void {
    this.say('', title, '-'.repeat(title.length));
  }

  /** Nothing proves nothing: a claim about nothing at all does not hold. @returns whether it holds */
  proof(claim: string, { count, against }: Evidence): boolean {
    const holds = against.length === 0 && count > 0;
    this.say(`${holds ? '✔' : '✘'} ${claim}`);
    this.list(against);
    return holds;
  }

  list(lines: readonly string[]): void {
    this.say(...lines.map((line) => `  ${line}`));
  }

  say(...lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#out.write(`${lines.join('\n')}\n`);
  }
}
