import type { Asked } from './asked.ts';

const CORE = /^(?:!!|!<tag:yaml\.org,2002:)(?<name>[a-z]+)>?$/;
const TYPES: Readonly<Record<string, Asked['type']>> = { str: 'string', int: 'number', float: 'number', bool: 'boolean', null: 'null' };

/** May a value of this type stand behind the tag? A tag of the file's own gets texts only: what it makes of them cannot be known. */
export function tagAllows(tag: string | undefined, { type }: Asked): boolean {
  if (tag === undefined) return true;
  const core = coreName(tag);
  return core === undefined ? type === 'string' : TYPES[core] === type;
}

/** A number in the notation that a tag wants: behind `!!float` it has a point, behind `!!int` none. */
export function fittedTo(tag: string | undefined, asked: Asked): Asked {
  const core = tag === undefined ? undefined : coreName(tag);
  if (asked.type !== 'number' || !isWhole(asked.value)) return asked;
  if (core === 'int') return { ...asked, text: /[.eE]/.test(asked.text) ? wholeText(asked.value) : asked.text };
  return core === 'float' && !asked.text.includes('.') ? { ...asked, text: `${wholeText(asked.value)}.0` } : asked;
}

function coreName(tag: string): string | undefined {
  return CORE.exec(tag)?.groups?.name;
}

function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** Without the exponent that JavaScript writes large numbers with. */
function wholeText(value: number | bigint): string {
  return String(BigInt(value));
}
