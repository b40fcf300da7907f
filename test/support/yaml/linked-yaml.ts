import type { Segment } from '../../../lib/manifests/set/path.ts';
import type { Choose } from './random-yaml.ts';

/** A collection of a file. */
export interface Collection {
  readonly type: 'mapping' | 'sequence';
  readonly path: readonly Segment[];
  /** Of its keys, or of its dashes. */
  readonly column: number;
  /** Offset behind its last line. */
  readonly end: number;
}

export interface LinkedYaml {
  readonly text: string;
  readonly collections: readonly Collection[];
}

/** A block file in which most collections have an anchor, and many values are aliases of what is far above: also merged, and in lists, with maps on the lines of dashes. */
export function linkedYaml(choose: Choose): LinkedYaml {
  return new Writer(choose).file();
}

class Writer {
  private readonly lines: string[] = [];
  private readonly collections: (Omit<Collection, 'end'> & { lines: number })[] = [];
  private readonly choose: Choose;
  private readonly anchors: { readonly name: string; readonly type: Collection['type'] }[] = [];
  private named = 0;

  constructor(choose: Choose) {
    this.choose = choose;
  }

  file(): LinkedYaml {
    this.mapping([], 0, 3);
    const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
    const collections = this.collections.map(({ lines, ...collection }) => ({
      ...collection,
      end: textOf(this.lines.slice(0, lines)).length,
    }));
    return { text: textOf(this.lines), collections };
  }

  private begin(type: Collection['type'], path: readonly Segment[], column: number): { lines: number } {
    const collection = { type, path, column, lines: 0 };
    this.collections.push(collection);
    return collection;
  }

  private mapping(path: readonly Segment[], column: number, depth: number): void {
    const collection = this.begin('mapping', path, column);
    const maps = this.anchors.filter(({ type }) => type === 'mapping');
    const merged = maps[this.choose(maps.length + 1) - 1];
    if (merged) this.lines.push(`${' '.repeat(column)}<<: *${merged.name}`);
    const count = 1 + this.choose(3);
    for (let index = 0; index < count; index++)
      this.value({ head: `${' '.repeat(column)}k${index}:`, path: [...path, { kind: 'key', text: `k${index}` }], column, depth });
    collection.lines = this.lines.length;
  }

  private sequence(path: readonly Segment[], column: number, depth: number): void {
    const collection = this.begin('sequence', path, column);
    const count = 1 + this.choose(3);
    for (let index = 0; index < count; index++)
      this.value({ head: `${' '.repeat(column)}-`, path: [...path, { kind: 'index', text: String(index) }], column, depth });
    collection.lines = this.lines.length;
  }

  private value({ head, path, column, depth }: { head: string; path: readonly Segment[]; column: number; depth: number }): void {
    const shape = this.choose(depth > 0 ? 6 : 3);
    const alias = this.anchors[this.choose(this.anchors.length + 1) - 1];
    if (shape < 3) {
      this.lines.push(
        `${head} ${shape > 0 && alias ? `*${alias.name}` : ['v1', '"a # b"', 'long enough to be beyond the limit'][this.choose(3)]}`,
      );
      return;
    }
    if (head.endsWith('-') && this.choose(3) === 2) {
      const first = this.lines.length;
      this.mapping(path, column + 2, depth - 1);
      this.lines[first] = `${head} ${this.lines[first]?.trimStart()}`;
      return;
    }
    const name = `a${this.named++}`;
    const type = shape === 5 ? 'sequence' : 'mapping';
    // An anchor may be there twice: the later one counts.
    const anchor = this.choose(5) === 4 && this.named > 1 ? `a${this.choose(this.named - 1)}` : name;
    this.lines.push(`${head} &${anchor}${this.choose(4) === 3 ? ' # c' : ''}`);
    if (type === 'mapping') this.mapping(path, column + 2, depth - 1);
    else this.sequence(path, column + 2, depth - 1);
    if (anchor === name) this.anchors.push({ name, type });
  }
}
