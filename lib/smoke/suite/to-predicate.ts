import { isJsonObject, type Json } from '../../manifests/json.ts';
import type { NumberOperator, NumberTest, Predicate, ValueType } from './assertion.ts';
import { hasName } from './template.ts';

/** @param value as the schema has accepted it for this operator */
export function toPredicate(operator: string, value: unknown): Predicate {
  switch (operator) {
    case 'equals':
    case 'notEquals':
    case 'contains':
    case 'notContains':
      return { operator, value: value as Json, ...filled(value as Json) };
    case 'in':
      return { operator, values: value as Json[], ...filled(value as Json[]) };
    case 'startsWith':
    case 'endsWith':
    case 'matches':
      return { operator, text: String(value) };
    case 'lessThan':
    case 'greaterThan':
    case 'atMost':
    case 'atLeast':
      return { operator, value: Number(value) };
    case 'exists':
      return { operator, value: value === true };
    case 'isType':
      return { operator, type: value as ValueType };
    case 'count':
    case 'length':
      return { operator, test: numberTest(value) };
    default:
      throw new TypeError(`${operator} is no operator`);
  }
}

function numberTest(value: unknown): NumberTest {
  const [operator, amount] = (typeof value === 'object' && value !== null ? Object.entries(value)[0] : undefined) ?? ['equals', value];
  return { operator: operator as NumberOperator, value: Number(amount) };
}

function filled(value: Json): { readonly filled?: true } {
  return textsOf(value).some(hasName) ? { filled: true } : {};
}

/** Every text in a value, those of its lists and objects included; the names of fields are none. */
export function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isJsonObject(value) ? Object.values(value).flatMap((field) => (field === undefined ? [] : textsOf(field))) : [];
}
