import { BadInputError } from '../../platform/errors.ts';
import { clone, define, fieldOf, isValueMap, type Value, type ValueMap } from '../json.ts';
import { askedFor } from '../set/asked.ts';
import { parseAssignment, type Segment } from '../set/path.ts';

/**
 * `PATH=VALUE` from the command line over values: paths and values as `manifest set` reads them, missing maps made, null to delete. The values are not changed.
 * @throws BadInputError for an assignment that cannot be read, or a path that leads through a value
 */
export function setValue(values: ValueMap, assignment: string, options: { readonly asString: boolean }): ValueMap {
  const { path, segments, value } = parseAssignment(assignment);
  const result = clone(values);
  // What was asked for is a scalar, or was read as JSON.
  put(result, segments, askedFor(value, options).value as Value, path);
  return result;
}

function put(node: Value, segments: readonly Segment[], value: Value, path: string): void {
  const [segment, ...rest] = segments;
  if (!segment) return;
  if (Array.isArray(node)) putItem(node, segment, { rest, value, path });
  else if (isValueMap(node) && segment.kind !== 'index') putField(node, segment.text, { rest, value, path });
  else throw noWay(path, segment);
}

interface Rest {
  readonly rest: readonly Segment[];
  readonly value: Value;
  readonly path: string;
}

function putField(map: ValueMap, key: string, { rest, value, path }: Rest): void {
  const present = fieldOf(map, key) ?? null;
  const child = rest.length === 0 ? value : (present ?? {});
  define(map, key, child);
  put(child, rest, value, path);
}

/** The next index, or -1, adds an item. */
function putItem(list: Value[], segment: Segment, { rest, value, path }: Rest): void {
  const index = segment.text === '-1' ? list.length : /^\d+$/.test(segment.text) ? Number(segment.text) : Number.NaN;
  if (!(index <= list.length)) throw noWay(path, segment);
  const child = rest.length === 0 ? value : (list[index] ?? {});
  list[index] = child;
  put(child, rest, value, path);
}

function noWay(path: string, { text }: Segment): BadInputError {
  return new BadInputError(`${path} cannot be set: nothing can have ${JSON.stringify(text)} there`, {
    hint: 'correct the path, or the values below it',
  });
}
