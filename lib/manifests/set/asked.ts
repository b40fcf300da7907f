import { BadInputError, RefusedError } from '../../platform/errors.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What is to stand at a path, with its type. */
export type Asked =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'number'; readonly value: number | bigint; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null'; readonly value: null }
  | {
      readonly type: 'collection';
      readonly value: JsonValue;
      /** Over several lines, as people write it; on one, in brackets, unless said. */
      readonly layout?: 'block';
    };

const NULL = /^(?:~|null|Null|NULL)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^(?:(?<sign>[-+]?)\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;

/**
 * A value from the command line, read by YAML's 1.2 core schema, a JSON list or mapping as such. An empty one is an empty text.
 * @throws BadInputError for a text that no file can hold; RefusedError for a number that the two YAML versions read differently
 */
export function askedFor(text: string, { asString = false }: { readonly asString?: boolean } = {}): Asked {
  if (!text.isWellFormed()) throw notText();
  if (asString) return { type: 'string', value: text };
  if (NULL.test(text)) return { type: 'null', value: null };
  if (BOOLEAN.test(text)) return { type: 'boolean', value: text.toLowerCase() === 'true' };
  if (INTEGER.test(text)) return integer(text);
  if (FLOAT.test(text)) return float(text);
  const notFinite = NOT_FINITE.exec(text);
  if (notFinite) return { type: 'number', value: infinityOrNaN(notFinite), text: text.toLowerCase() };
  return collection(text) ?? { type: 'string', value: text };
}

function integer(text: string): Asked {
  if (/^[-+]?0\d/.test(text))
    throw new RefusedError(`${text} was not set: YAML 1.2 reads a decimal number, YAML 1.1 an octal one`, {
      hint: 'add --string for the text, or write the decimal number without leading zeros',
    });
  const magnitude = BigInt(text.replace(/^[-+]/, ''));
  const value = text.startsWith('-') ? -magnitude : magnitude;
  const small = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return { type: 'number', value: small ? Number(value) : value, text };
}

/** A number with digits, one `e` and nothing else, larger than anybody counts, is a commit hash: 12e4567. */
function float(text: string): Asked {
  const value = Number(text);
  if (/^[-+]?\d+e\d+$/i.test(text) && !Number.isSafeInteger(value))
    throw new RefusedError(`${text} was not set: read as a number it would be ${value}`, {
      hint: 'add --string for the text, or write the number with a point, as in 1.0e+30',
    });
  return { type: 'number', value, text };
}

function infinityOrNaN({ groups }: RegExpExecArray): number {
  if (groups?.sign === undefined) return Number.NaN;
  return groups.sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function collection(text: string): Asked | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { type: 'collection', value: JSON.parse(text, exactOnly) as JsonValue };
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    return undefined;
  }
}

/** Every number and text of a JSON value is one that is written as it was read. */
function exactOnly(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new BadInputError(`the number ${value} in a JSON value cannot be kept exactly`, {
      hint: 'set it by itself, or write it as a text',
    });
  if (typeof value === 'string' && !value.isWellFormed()) throw notText();
  return value;
}

function notText(): BadInputError {
  return new BadInputError('a value holds half a character (a lone surrogate), which no UTF-8 file can hold', {
    hint: 'write the whole character',
  });
}
