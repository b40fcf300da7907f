import { isJsonObject, type Json } from '../json.ts';
import type { Asked, JsonValue } from '../set/asked.ts';
import type { Edit } from '../set/options.ts';
import type { Segment } from '../set/path.ts';
import type { Change } from './changes.ts';
import { pointerText } from './json-pointer.ts';

/** A change as an edit of the byte-exact writer, which replaces scalars by scalars, and adds keys and last items; undefined for another. */
export function exactEdit(change: Change): Edit | undefined {
  const { path } = change;
  const last = path.at(-1);
  if (last === undefined || change.kind === 'remove') return undefined;
  const pointer = pointerText(path.map(String));
  if (change.kind === 'replace') {
    const scalars = !isCollection(change.from) && !isCollection(change.value);
    return scalars ? { path: pointer, segments: path.map(segmentOf), asked: askedOf(change.value) } : undefined;
  }
  if (change.origin || (typeof last === 'number' && !change.last)) return undefined;
  const end: Segment = typeof last === 'number' ? { kind: 'word', text: '-1' } : { kind: 'key', text: last };
  return { path: pointer, segments: [...path.slice(0, -1).map(segmentOf), end], asked: askedOf(change.value) };
}

function segmentOf(step: string | number): Segment {
  return typeof step === 'number' ? { kind: 'index', text: String(step) } : { kind: 'key', text: step };
}

/** A map or a list gets lines of its own, where it can have them. */
export function askedOf(value: Json): Asked {
  if (value === null) return { type: 'null', value };
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'boolean') return { type: 'boolean', value };
  if (typeof value === 'number') return { type: 'number', value, text: String(value) };
  return { type: 'collection', value: withoutGaps(value), layout: 'block' };
}

function withoutGaps(value: Json): JsonValue {
  if (Array.isArray(value)) return value.map(withoutGaps);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, field]) => (field === undefined ? [] : [[key, withoutGaps(field)]])));
}

function isCollection(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
