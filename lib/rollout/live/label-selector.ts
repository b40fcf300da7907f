import { at, type Fields, fieldsAt, listAt, textAt } from '../../kubernetes/fields.ts';

/**
 * A LabelSelector as the text that a list request takes. Undefined when there is none, or it holds an operator that nobody knows: no selector would
 * be a request for everything.
 */
export function selectorText(selector: unknown): string | undefined {
  const equal = Object.entries(fieldsAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`);
  const expressions = listAt(selector, 'matchExpressions').map(expressionText);
  if (expressions.includes(undefined)) return undefined;
  const parts = [...equal, ...expressions];
  return parts.length === 0 ? undefined : parts.join(',');
}

function expressionText(expression: Fields): string | undefined {
  const key = textAt(expression, 'key');
  const given = at(expression, 'values');
  const values = Array.isArray(given) ? given.map(String).join(',') : '';
  switch (textAt(expression, 'operator')) {
    case 'In':
      return `${key} in (${values})`;
    case 'NotIn':
      return `${key} notin (${values})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return undefined;
  }
}

/** Whether labels satisfy the plain selector of a Service; an empty one selects nothing. */
export function selects(selector: Fields, labels: Fields): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
