/** A source of choices, whole numbers from 0 to below the limit; 0 is the plainest. */
export type Choose = (below: number) => number;

/** A scalar of a random file, where it is written and how to reach it. */
export interface Place {
  readonly document: number;
  readonly path: readonly (string | number)[];
  /** What may change when it is set: its characters, of a block scalar those from `|` to the end of its body. */
  readonly start: number;
  readonly end: number;
}

export interface RandomYaml {
  readonly text: string;
  readonly documents: number;
  readonly places: readonly Place[];
}

const KEYS = ['name', 'image', 'tag', 'a.b', 'on', '8080', 'clé', '😀', 'x y', 'true', "it's", 'a/b~c', '-k', 'null'];
const PLAIN = [
  'v1',
  '1.20',
  'yes',
  '0644',
  'true',
  '~',
  'null',
  '12e4',
  'a:b',
  'x#y',
  'é',
  '😀 z',
  '2024-01-01',
  '-x',
  'http://h:80/p',
  'a  b',
  '22:22',
];
const SINGLE = ["''", "'v1'", "'it''s'", "'a: b # c'", "'😀'", "' x '"];
const DOUBLE = ['""', '"v1"', '"a\\nb"', '"\\u00e9 \\x41 \\U0001F600"', '"a: b # c"', '"\\"q\\""', '"t\\tx"'];
const COMMENTS = ['# c', '#', '# a: b', '# it\'s "q" {', '# 😀', '#x'];
const LINES = ['one', 'two words', 'a: b', '# no comment', '- x', '😀', 'trailing  '];

/**
 * A random YAML file of the shapes that people write, and worse: block and flow collections, comments, anchors, tags, quotes, block scalars
 * with headers, blank lines, odd indents, trailing blanks, carriage returns, a byte order mark, several documents.
 */
export function randomYaml(choose: Choose): RandomYaml {
  return new Writer(choose).file();
}

class Writer {
  private text = '';
  private readonly places: Place[] = [];
  private readonly choose: Choose;
  private readonly lineBreak: string;
  private document = 0;
  private anchors: string[] = [];
  private left = 24;
  private behind: { readonly column: number; readonly keeps: boolean } | undefined;

  constructor(choose: Choose) {
    this.choose = choose;
    this.lineBreak = this.chance(5) ? '\r\n' : '\n';
  }

  file(): RandomYaml {
    if (this.chance(8)) this.text += '\uFEFF';
    const documents = 1 + (this.chance(3) ? this.choose(3) : 0);
    for (; this.document < documents; this.document++) this.oneDocument();
    if (this.chance(4)) this.text = this.text.replace(/(?<=[^\r\n])\r?\n$/, '');
    const { length } = this.text;
    const places = this.places.map((place) => ({ ...place, end: Math.min(place.end, length) }));
    return { text: this.text, documents, places };
  }

  private oneDocument(): void {
    this.anchors = [];
    this.left = 24;
    this.blankOrComment(0);
    if (this.document > 0 || this.chance(3)) this.line(this.chance(4) ? '--- # doc' : '---');
    this.blankOrComment(0);
    const column = this.chance(12) ? this.choose(3) : 0;
    if (this.chance(4)) this.blockSequence(column, []);
    else this.blockMapping(column, [], false);
    if (this.chance(6)) this.line('...');
  }

  private chance(oneIn: number): boolean {
    return this.choose(oneIn) === oneIn - 1;
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.choose(from.length)] as T;
  }

  private line(text: string): void {
    this.text += text + this.lineBreak;
  }

  /** Behind a block scalar neither may be taken for a part of it. */
  private blankOrComment(column: number): void {
    const { behind } = this;
    if (this.chance(6) && !behind?.keeps) this.line(this.chance(2) || behind ? '' : ' '.repeat(this.choose(4)));
    const indent = Math.min(this.chance(3) ? this.choose(6) : column, behind?.column ?? column + 6);
    if (this.chance(5)) this.line(' '.repeat(indent) + this.pick(COMMENTS));
  }

  private keys(): readonly string[] {
    const count = 1 + this.choose(3);
    const first = this.choose(KEYS.length);
    return Array.from({ length: count }, (_, index) => KEYS[(first + index * 3) % KEYS.length] as string);
  }

  private keyText(key: string): string {
    if (this.chance(6)) return JSON.stringify(key);
    return this.chance(8) ? `'${key.replaceAll("'", "''")}'` : key;
  }

  /** @param compact the first key goes on with the line */
  private blockMapping(column: number, path: readonly (string | number)[], compact: boolean): void {
    for (const [index, key] of this.keys().entries()) {
      if (index > 0 || !compact) {
        this.blankOrComment(column);
        this.text += ' '.repeat(column);
      }
      this.text += `${this.keyText(key)}:`;
      this.value(column, [...path, key], true);
    }
  }

  private blockSequence(column: number, path: readonly (string | number)[], compact = false): void {
    const count = 1 + this.choose(3);
    for (let index = 0; index < count; index++) {
      if (index > 0 || !compact) {
        this.blankOrComment(column);
        this.text += ' '.repeat(column);
      }
      this.text += '-';
      this.value(column, [...path, index], false);
    }
  }

  private value(column: number, path: readonly (string | number)[], underKey: boolean): void {
    this.left -= 1;
    this.behind = undefined;
    const shape = this.left < 0 ? 9 : this.choose(14);
    const inner = column + 1 + this.choose(this.chance(4) ? 7 : 2);
    if (shape < 2) this.nested(() => this.blockMapping(inner, path, false));
    else if (shape === 2) this.nested(() => this.blockSequence(underKey && this.chance(2) ? column : inner, path));
    else if (shape === 3 && !underKey) this.compact(column, path);
    else if (shape === 4) this.flowValue(column, path);
    else if (shape === 5) this.blockScalar(column, path);
    else if (shape === 6 && this.anchors.length > 0) this.restOfLine(` *${this.pick(this.anchors)}`);
    else this.scalar(column, path);
  }

  private nested(write: () => void): void {
    this.restOfLine('');
    write();
  }

  private compact(column: number, path: readonly (string | number)[]): void {
    const gap = 1 + this.choose(3);
    this.text += ' '.repeat(gap);
    if (this.chance(3)) this.blockSequence(column + 1 + gap, path, true);
    else this.blockMapping(column + 1 + gap, path, true);
  }

  private restOfLine(text: string): void {
    this.text += text;
    if (this.chance(5)) this.text += ` ${' '.repeat(this.choose(3))}${this.pick(COMMENTS)}`;
    else if (this.chance(8)) this.text += ' '.repeat(1 + this.choose(2));
    this.text += this.lineBreak;
  }

  private mark(path: readonly (string | number)[], start: number): void {
    this.places.push({ document: this.document, path, start, end: this.text.length });
  }

  private properties(): void {
    if (this.chance(10)) {
      const name = `a${this.anchors.length}`;
      this.text += ` &${name}`;
      this.anchors.push(name);
    }
    if (this.chance(14)) this.text += ' !!str';
  }

  private scalar(column: number, path: readonly (string | number)[]): void {
    this.properties();
    if (this.chance(10)) {
      this.mark(path, this.text.length);
      this.restOfLine('');
      return;
    }
    this.text += this.chance(12) ? `${this.lineBreak}${' '.repeat(column + 1)}` : ' '.repeat(1 + (this.chance(5) ? this.choose(3) : 0));
    const start = this.text.length;
    this.text += this.flowScalar(column, false);
    this.mark(path, start);
    this.restOfLine('');
  }

  private flowScalar(column: number, inFlow: boolean): string {
    const more = `${this.lineBreak}${' '.repeat(column + 1 + this.choose(3))}`;
    if (this.chance(16)) return `two${more}lines`;
    if (this.chance(16)) return `"two${more}lines\\${more}more"`;
    if (this.chance(16)) return `'two${this.lineBreak}${more}paragraphs'`;
    if (this.chance(3)) return this.pick(SINGLE);
    if (this.chance(2)) return this.pick(DOUBLE);
    return this.pick(inFlow ? PLAIN.filter((text) => !/[,[\]{}]/.test(text)) : PLAIN);
  }

  private flowValue(column: number, path: readonly (string | number)[]): void {
    this.text += ' ';
    this.flow(column, path, 2);
    this.restOfLine('');
  }

  private flow(column: number, path: readonly (string | number)[], depth: number): void {
    const mapping = this.chance(2);
    const broken = this.chance(5);
    const gap = (): void => {
      if (broken) this.text += `${this.chance(4) ? ' # c' : ''}${this.lineBreak}${' '.repeat(column + 1 + this.choose(4))}`;
      else if (this.chance(4)) this.text += ' ';
    };
    this.text += mapping ? '{' : '[';
    const names = mapping ? this.keys() : [...Array(this.choose(4)).keys()];
    for (const [index, name] of names.entries()) {
      gap();
      if (mapping) this.text += `${this.keyText(String(name))}:`;
      this.flowEntry(column, [...path, name], { depth, mapping });
      if (index < names.length - 1 || (this.chance(6) && !this.text.endsWith(':'))) this.text += this.text.endsWith(':') ? ' ,' : ',';
      if (!broken) this.text += this.chance(3) ? '' : ' ';
    }
    gap();
    this.text += mapping ? '}' : ']';
  }

  private flowEntry(column: number, path: readonly (string | number)[], { depth, mapping }: { depth: number; mapping: boolean }): void {
    if (mapping) this.text += ' ';
    const start = this.text.length;
    if (depth > 0 && this.chance(4)) this.flow(column, path, depth - 1);
    else {
      this.text += this.flowScalar(column, true);
      this.mark(path, start);
    }
  }

  private blockScalar(column: number, path: readonly (string | number)[]): void {
    this.properties();
    this.text += ' ';
    const start = this.text.length;
    const step = 1 + this.choose(4);
    const indicator = this.chance(4) ? String(step) : '';
    const chomping = this.pick(['', '', '-', '+']);
    this.text += this.pick(['|', '>']) + indicator + chomping;
    this.restOfLine('');
    const count = this.choose(4);
    for (let index = 0; index < count; index++) this.bodyLine(column + step, index === 0 && indicator === '');
    if (this.chance(3) && chomping === '+') this.line('');
    this.mark(path, start);
    if (this.chance(3) && chomping !== '+') this.line('');
    this.behind = { column, keeps: chomping === '+' };
  }

  private bodyLine(column: number, plainStart: boolean): void {
    const more = !plainStart && this.chance(5) ? '  ' : '';
    const blank = !plainStart && this.chance(5);
    this.line(blank ? '' : ' '.repeat(column) + more + this.pick(LINES));
  }
}
