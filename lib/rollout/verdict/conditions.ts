import { type Fields, listAt, textAt } from '../../kubernetes/fields.ts';
import { tidy } from './causes/tidy.ts';

export interface Condition {
  readonly type: string;
  readonly status: string;
  /** Empty when there is none. */
  readonly reason: string;
  /** One line, cleaned; empty when there is none. */
  readonly message: string;
  readonly fields: Fields;
}

export function conditionsOf(object: unknown): readonly Condition[] {
  return listAt(object, 'status', 'conditions').map((fields) => ({
    type: textAt(fields, 'type') ?? '',
    status: textAt(fields, 'status') ?? '',
    reason: textAt(fields, 'reason') ?? '',
    message: tidy(textAt(fields, 'message') ?? ''),
    fields,
  }));
}

/** The first condition of this type, and of this status where one is given. */
export function condition(object: unknown, type: string, status?: string): Condition | undefined {
  return conditionsOf(object).find((each) => each.type === type && (status === undefined || each.status === status));
}
