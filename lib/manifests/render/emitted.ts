import { stringify } from 'lossless-json';
import { isJsonObject, type Value } from '../json.ts';
import { printValue } from '../print-value.ts';
import { doubleQuoted } from '../set/render.ts';

/** What an output of a template writes, and what the document is to say there. */
export interface Emitted {
  readonly text: string;
  /**
   * `value`: read as exactly this value where it stands alone, as part of a text elsewhere. `quoted`: a text in double quotes of its own.
   * `structure`: YAML or JSON that brings its own structure.
   */
  readonly as: 'value' | 'quoted' | 'structure';
  readonly meaning: string | number | bigint | boolean;
  /** The text to write where its line goes on behind it: without block scalars, which want a line break. */
  readonly inline?: string;
  /** Blanks in front of it, which are none of its meaning. */
  readonly lead?: string;
}

/** A value between the filters that know more of it than its text. */
export class Prepared {
  readonly emitted: Emitted;

  constructor(emitted: Emitted) {
    this.emitted = emitted;
  }
}

export function quote(value: unknown): Prepared {
  const text = textOf(value);
  return new Prepared({ text: doubleQuoted(text), as: 'quoted', meaning: text });
}

export function json(value: unknown): Prepared {
  // With all digits of its numbers.
  return structure(stringify(required(value)) ?? 'null');
}

/** Block YAML that both versions read alike, without the last line break. */
export function yaml(value: unknown): Prepared {
  const known = required(value) as Value;
  const printed = (blocks: boolean): string => printValue(known, { blocks }).replace(/\n$/, '');
  const [text, inline] = [printed(true), printed(false)];
  return new Prepared({ text, as: 'structure', meaning: text, ...(inline !== text && { inline }) });
}

/** Every line but the first is moved to the right, for block scalars and YAML below a key; line breaks at the end are left out. */
export function indent(value: unknown, columns: unknown): Prepared {
  const pad = ' '.repeat(Number(columns));
  const moved = (text: string): string => text.replace(/\n+$/, '').replaceAll(/\n(?=[^\n])/g, `\n${pad}`);
  const { text, inline, ...rest } = emittedOf(value);
  return new Prepared({ ...rest, text: moved(text), ...(inline !== undefined && { inline: moved(inline) }) });
}

/** Begins on a line of its own, and every line is moved to the right, as Helm's is. */
export function nindent(value: unknown, columns: unknown): Prepared {
  return new Prepared({ ...indent(value, columns).emitted, lead: `\n${' '.repeat(Number(columns))}` });
}

/** @throws Error for what has no text of its own */
export function emittedOf(value: unknown): Emitted {
  if (value instanceof Prepared) return value.emitted;
  const known = required(value);
  if (typeof known === 'string' || typeof known === 'number' || typeof known === 'bigint' || typeof known === 'boolean')
    return { text: String(known), as: 'value', meaning: known };
  throw new Error(
    `is a ${isJsonObject(known) ? 'map' : 'list'}; write it with | json or | yaml${isJsonObject(known) ? '' : ', or | join'}`,
  );
}

function textOf(value: unknown): string {
  return emittedOf(value).text;
}

function structure(text: string): Prepared {
  return new Prepared({ text, as: 'structure', meaning: text });
}

function required(value: unknown): unknown {
  if (value === null || value === undefined) throw new Error('has no value');
  return value;
}
