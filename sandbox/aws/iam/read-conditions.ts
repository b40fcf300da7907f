import { type Condition, conditionOperators, isConditionOperator } from './conditions.ts';
import { InvalidPolicyError } from './invalid-policy-error.ts';

const entriesOf = (value: unknown, where: string): readonly (readonly [string, unknown])[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidPolicyError(where, 'Condition is not an object');
  return Object.entries(value);
};

/**
 * @param keys those that a request may bring
 * @throws InvalidPolicyError for an operator or a key that is not weighed here, `…IfExists` and most set operators among them
 */
export function readConditions(block: unknown, where: string, keys: readonly string[]): readonly Condition[] {
  if (block === undefined) return [];
  return entriesOf(block, where).flatMap(([operator, lines]) => {
    if (!isConditionOperator(operator))
      throw new InvalidPolicyError(where, `the operator ${operator} is not supported (${conditionOperators.join(', ')} are)`);
    return entriesOf(lines, where).map(([key, values]) => ({
      operator,
      key: checkedKey(key, where, keys),
      values: valuesOf(values, where),
    }));
  });
}

function checkedKey(key: string, where: string, keys: readonly string[]): string {
  const lower = key.toLowerCase();
  if (!keys.some((known) => known.toLowerCase() === lower))
    throw new InvalidPolicyError(where, `the condition key ${key} is not supported (${keys.join(', ')} are)`);
  return lower;
}

function valuesOf(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item === 'boolean') return String(item);
    if (typeof item !== 'string' || item.includes('${'))
      throw new InvalidPolicyError(where, `the condition value ${JSON.stringify(item)} is not supported`);
    return item;
  });
}
