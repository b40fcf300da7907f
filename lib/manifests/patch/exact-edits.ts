import { isJsonObject, type Json } from '../json.ts';
import type { Asked } from '../set/asked.ts';
import type { Edit } from '../set/options.ts';
import type { Segment } from '../set/path.ts';
import type { Change, Steps } from './changes.ts';
import { pointerText } from './json-pointer.ts';

/**
 * The changes as edits of the byte-exact writer; undefined when one of them is nothing that it can do: it replaces scalars by scalars, adds keys
 * and adds scalars at the end of a list.
 */
export function exactEdits(changes: readonly Change[]): readonly Edit[] | undefined {
  const edits = changes.map(editsOf);
  return edits.every((some) => some !== undefined) ? edits.flat() : undefined;
}

function editsOf(change: Change): readonly Edit[] | undefined {
  const { path } = change;
  if (path.length === 0 || change.kind === 'remove') return undefined;
  if (change.kind === 'replace') {
    const asked = isCollection(change.from) ? undefined : askedOf(change.value);
    return asked && [{ path: pointerText(path.map(String)), segments: path.map(segmentOf), asked }];
  }
  const parent = path.slice(0, -1);
  const last = path.at(-1);
  if (typeof last !== 'number') return leaves(change.value, [...parent.map(segmentOf), { kind: 'key', text: String(last) }], path);
  const asked = change.last ? askedOf(change.value) : undefined;
  const end: Segment = { kind: 'word', text: '-1' };
  return asked && [{ path: pointerText([...parent.map(String), '-']), segments: [...parent.map(segmentOf), end], asked }];
}

/** A new map is written key by key, in lines of its own; a new list would stand on one line, which nobody writes. */
function leaves(value: Json, segments: readonly Segment[], path: Steps): readonly Edit[] | undefined {
  if (!isJsonObject(value)) {
    const asked = askedOf(value);
    return asked && [{ path: pointerText(path.map(String)), segments, asked }];
  }
  const below = Object.entries(value).map(([key, inner]) =>
    leaves(inner ?? null, [...segments, { kind: 'key', text: key }], [...path, key]),
  );
  return below.length > 0 && below.every((some) => some !== undefined) ? below.flat() : undefined;
}

function segmentOf(step: string | number): Segment {
  return typeof step === 'number' ? { kind: 'index', text: String(step) } : { kind: 'key', text: step };
}

function askedOf(value: Json): Asked | undefined {
  if (value === null) return { type: 'null', value };
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'boolean') return { type: 'boolean', value };
  return typeof value === 'number' ? { type: 'number', value, text: String(value) } : undefined;
}

function isCollection(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
