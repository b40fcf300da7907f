import { expect, it } from 'vitest';
import { gate } from '../../../../lib/rollout/verdict/gate.ts';
import type { Outcome, Verdict } from '../../../../lib/rollout/verdict/outcome.ts';

const of = (outcome: Outcome, name = outcome): Verdict => ({
  outcome,
  reasons: [{ resource: `Deployment/${name}`, reason: outcome, message: `it is ${outcome}` }],
  warnings: [],
});
const required = (...outcomes: readonly Outcome[]) => outcomes.map((outcome) => ({ verdict: of(outcome), optional: false }));
const optional = (...outcomes: readonly Outcome[]) => outcomes.map((outcome) => ({ verdict: of(outcome), optional: true }));

it.each<[readonly Outcome[], Outcome]>([
  [['done', 'done'], 'done'],
  [['done', 'ignored'], 'ignored'],
  [['done', 'degraded'], 'degraded'],
  [['degraded', 'waiting'], 'waiting'],
  [['waiting', 'blocked'], 'blocked'],
  [['waiting', 'failed', 'blocked'], 'failed'],
  [[], 'done'],
])('%j together are %s', (outcomes, outcome) => {
  expect(gate(required(...outcomes)).outcome).toBe(outcome);
});

it.each<Outcome>(['failed', 'waiting', 'blocked', 'terminating'])(
  'what is optional and %s delays and fails nothing, and is told',
  (outcome) => {
    const { outcome: said, warnings } = gate([...required('done'), ...optional(outcome)]);

    expect(said).toBe('done');
    expect(warnings).toEqual([`optional: Deployment/${outcome} is ${outcome}: it is ${outcome}`]);
  },
);

it('says the reasons of the worst alone', () => {
  expect(gate(required('waiting', 'failed')).reasons.map(({ resource }) => resource)).toEqual(['Deployment/failed']);
});
