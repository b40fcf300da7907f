import type { Asked } from './asked.ts';

const CORE = /^(?:!!|!<tag:yaml\.org,2002:)(?<name>[a-z]+)>?$/;
const TYPES: Readonly<Record<string, Asked['type']>> = { str: 'string', int: 'number', float: 'number', bool: 'boolean', null: 'null' };

/** May a value of this type stand behind the tag? A tag of the file's own gets texts only: what it makes of them cannot be known. */
export function tagAllows(tag: string | undefined, { type }: Asked): boolean {
  if (tag === undefined) return true;
  const core = CORE.exec(tag)?.groups?.name;
  return core === undefined ? type === 'string' : TYPES[core] === type;
}
