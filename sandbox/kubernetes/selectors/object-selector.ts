import type { ApiObject } from '../api-object.ts';
import { listAt, objectAt, textAt } from '../json.ts';
import type { LabelPredicate } from './label-selector.ts';

/**
 * A LabelSelector as workloads carry it in `spec.selector`: matchLabels and matchExpressions, all of which must hold.
 * An absent selector selects nothing.
 */
export function workloadSelector(workload: ApiObject): LabelPredicate {
  const selector = objectAt(workload, 'spec', 'selector');
  if (!selector) return () => false;
  const wanted = Object.entries(objectAt(selector, 'matchLabels') ?? {});
  const expressions = listAt(selector, 'matchExpressions').map((expression) => ({
    key: textAt(expression, 'key') ?? '',
    operator: textAt(expression, 'operator') ?? '',
    values: listAt(expression, 'values'),
  }));
  return (labels) =>
    wanted.every(([key, value]) => labels[key] === value) &&
    expressions.every(({ key, operator, values }) => {
      const present = Object.hasOwn(labels, key);
      if (operator === 'Exists') return present;
      if (operator === 'DoesNotExist') return !present;
      if (operator === 'In') return present && values.includes(labels[key] ?? '');
      return !present || !values.includes(labels[key] ?? '');
    });
}

/** The selector as `/scale` shows it: `a=b,c in (d,e)`. */
export function selectorText(workload: ApiObject): string {
  const selector = objectAt(workload, 'spec', 'selector');
  const equal = Object.entries(objectAt(selector, 'matchLabels') ?? {}).map(([key, value]) => `${key}=${value}`);
  const sets = listAt(selector, 'matchExpressions').map((expression) => {
    const key = textAt(expression, 'key') ?? '';
    const values = listAt(expression, 'values').join(',');
    const words: Record<string, string> = {
      In: `${key} in (${values})`,
      NotIn: `${key} notin (${values})`,
      Exists: key,
      DoesNotExist: `!${key}`,
    };
    return words[textAt(expression, 'operator') ?? ''] ?? key;
  });
  return [...equal, ...sets].sort().join(',');
}
