import { describe, expect, it } from 'vitest';
import { matches } from '../../../lib/schedule/matches.ts';
import { parseTimeSpec } from '../../../lib/schedule/parse-time-spec.ts';
import type { Dialect } from '../../../lib/schedule/time-spec.ts';
import { PUBLISHED_VECTORS, type PublishedVector } from './published-vectors.ts';

const evaluable = (outcome: string): boolean => outcome === 'T' || outcome === 'F';

function outcomeOf(vector: PublishedVector, dialect: Dialect): 'T' | 'F' | 'E' | 'I' {
  const result = parseTimeSpec(vector.value, { dialect, ...vector.defaults });
  if (!result.ok) return result.problem.kind === 'incomplete' ? 'I' : 'E';
  return matches(result.spec, Date.parse(vector.at)) ? 'T' : 'F';
}

describe('published time-spec vectors', () => {
  it('are all here', () => {
    expect(PUBLISHED_VECTORS).toHaveLength(37);
  });

  it.each(PUBLISHED_VECTORS)('$id $value at $at is $nightshift', (vector) => {
    const outcome = outcomeOf(vector, 'nightshift');

    expect(evaluable(outcome) ? outcome : 'S').toBe(vector.nightshift);
  });

  it.each(PUBLISHED_VECTORS)('$id under the go dialect is what go answers, where go can read it', (vector) => {
    const outcome = outcomeOf(vector, 'go');

    if (vector.go === 'E') expect(evaluable(outcome)).toBe(evaluable(vector.nightshift));
    else expect(outcome).toBe(vector.go);
  });

  it.each(PUBLISHED_VECTORS)('$id under the py dialect is what py answers, where both can read it', (vector) => {
    const outcome = outcomeOf(vector, 'py');

    if (evaluable(vector.py) && evaluable(vector.nightshift)) expect(outcome).toBe(vector.py);
    // py cannot read T65 (Z, spaces), which is tried at its end instant; the dialect includes that instant in every spelling.
    else if (vector.id === 'T65') expect(outcome).toBe('T');
    else expect(evaluable(outcome) ? outcome : 'S').toBe(vector.nightshift);
  });

  it('tells a missing zone from an unreadable value', () => {
    expect(outcomeOf(PUBLISHED_VECTORS.find((vector) => vector.id === 'T39')!, 'nightshift')).toBe('I');
    expect(outcomeOf(PUBLISHED_VECTORS.find((vector) => vector.id === 'T49')!, 'nightshift')).toBe('E');
  });
});
