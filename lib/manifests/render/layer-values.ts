import { clone, define, fieldOf, isValueMap, type Value, type ValueMap } from '../json.ts';

/**
 * One layer of values over another, as Helm lays values files: maps merge, everything else replaces, lists as a whole. A null stays as the mark of a
 * deletion, so that layers may be laid in groups; `withoutDeleted` takes it out in the end. Neither argument is changed.
 */
export function layerValues(below: ValueMap, above: ValueMap): ValueMap {
  const result = clone(below);
  for (const [key, value] of Object.entries(above)) {
    const present = fieldOf(result, key);
    if (value !== undefined) define(result, key, isValueMap(present) && isValueMap(value) ? layerValues(present, value) : clone(value));
  }
  return result;
}

/** The values without what is null: those keys are not there. An item of a list that is null stays. */
export function withoutDeleted(values: ValueMap): ValueMap {
  const result: ValueMap = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== null) define(result, key, isValueMap(value) ? withoutDeleted(value) : clone<Value>(value));
  }
  return result;
}
