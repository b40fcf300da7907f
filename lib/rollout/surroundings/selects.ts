import { type Fields, isFields } from '../../kubernetes/fields.ts';

/**
 * Whether a label selector of an object (`matchLabels` and `matchExpressions`, all of which must hold) takes these labels. Unlike the API's, an
 * empty selector, or one that cannot be read, takes none: nothing is to be blamed on a workload that may not own it.
 */
export function selects(selector: unknown, labels: Fields): boolean {
  if (!isFields(selector)) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (!isFields(matchLabels) || !Array.isArray(matchExpressions)) return false;
  const pairs = Object.entries(matchLabels);
  if (pairs.length + matchExpressions.length === 0) return false;
  return pairs.every(([name, value]) => labels[name] === value) && matchExpressions.every((expression) => holds(expression, labels));
}

function holds(expression: unknown, labels: Fields): boolean {
  if (!isFields(expression)) return false;
  const { key, operator, values } = expression;
  if (typeof key !== 'string') return false;
  const isThere = Object.hasOwn(labels, key);
  const isOneOf = isThere && Array.isArray(values) && values.includes(labels[key]);
  switch (operator) {
    case 'In':
      return isOneOf;
    case 'NotIn':
      return !isOneOf;
    case 'Exists':
      return isThere;
    case 'DoesNotExist':
      return !isThere;
    default:
      return false;
  }
}
