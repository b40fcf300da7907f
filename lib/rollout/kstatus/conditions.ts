import { type Fields, isFields } from '../../kubernetes/fields.ts';
import { invalidField } from '../object/status-error.ts';
import { wordFor } from '../object/word-for.ts';

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * The conditions of an object in their order. A null in any place reads as empty.
 * @throws StatusError for any of them that is malformed, also behind one that would already decide
 */
export function conditionsOf(object: Fields): readonly Condition[] {
  const status = object.status ?? {};
  if (!isFields(status)) throw invalidField('status', wordFor(status), 'a mapping');
  const list = status.conditions ?? [];
  if (!Array.isArray(list)) throw invalidField('status.conditions', wordFor(list), 'a list');
  return list.map((entry: unknown, index) => conditionOf(entry ?? {}, `status.conditions[${index}]`));
}

function conditionOf(entry: unknown, path: string): Condition {
  if (!isFields(entry)) throw invalidField(path, wordFor(entry), 'a mapping');
  const text = (field: keyof Condition): string => {
    const value = entry[field] ?? '';
    if (typeof value !== 'string') throw invalidField(`${path}.${field}`, wordFor(value), 'a text');
    return value;
  };
  return { type: text('type'), status: text('status'), reason: text('reason'), message: text('message') };
}

/** The first condition of this type and status. */
export function conditionWith(conditions: readonly Condition[], type: string, status: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type && condition.status === status);
}
