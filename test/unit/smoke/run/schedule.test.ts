import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleOf } from '../../../../lib/smoke/run/schedule.ts';
import { runs } from '../../../support/runs.ts';
import { aCheck } from './checks.ts';

const on = (name: string, ...dependsOn: string[]) => aCheck(name, { dependsOn });

describe('a schedule', () => {
  it('gives what depends on nothing, in the order of the suite', () => {
    const schedule = scheduleOf([on('b'), on('a'), on('c', 'a')]);

    expect([schedule.take()?.name, schedule.take()?.name, schedule.take()]).toEqual(['b', 'a', undefined]);
  });

  it('gives a check once all that it depends on have passed', () => {
    const schedule = scheduleOf([on('a'), on('b'), on('c', 'a', 'b', 'a')]);
    schedule.take();
    schedule.take();

    schedule.settle('a', true);
    expect(schedule.take()).toBeUndefined();
    schedule.settle('b', true);
    expect(schedule.take()?.name).toBe('c');
  });

  it('leaves out what depends on a check that failed, and what depends on that, each with the nearest reason', () => {
    const schedule = scheduleOf([on('a'), on('b', 'a'), on('c', 'b'), on('d', 'a', 'c'), on('e')]);
    schedule.take();

    const left = schedule.settle('a', false);

    expect(left.map(({ check, because }) => [check.name, because])).toEqual([
      ['b', 'a'],
      ['c', 'b'],
      ['d', 'c'],
    ]);
    expect(schedule.take()?.name).toBe('e');
  });

  it('leaves a check out once, however many of its dependencies fail', () => {
    const schedule = scheduleOf([on('a'), on('b'), on('c', 'a', 'b')]);
    schedule.take();
    schedule.take();

    expect(schedule.settle('a', false)).toHaveLength(1);
    expect(schedule.settle('b', false)).toHaveLength(0);
  });

  it('says at its stop what was not taken', () => {
    const schedule = scheduleOf([on('a'), on('b'), on('c', 'a')]);
    schedule.take();

    expect(schedule.stop().map(({ name }) => name)).toEqual(['b', 'c']);
    expect(schedule.take()).toBeUndefined();
  });

  it('takes or leaves out every check exactly once, and none before what it depends on', () => {
    const graphs = fc.array(fc.tuple(fc.boolean(), fc.array(fc.nat({ max: 20 }), { maxLength: 4 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat()), (graph, choices) => {
        const checks = graph.map(([, edges], index) => on(`c${index}`, ...(index === 0 ? [] : edges.map((edge) => `c${edge % index}`))));
        const passes = new Map(graph.map(([pass], index) => [`c${index}`, pass]));
        const schedule = scheduleOf(checks);
        const running: string[] = [];
        const passed = new Set<string>();
        const seen: string[] = [];
        for (;;) {
          for (let check = schedule.take(); check; check = schedule.take()) {
            expect(check.dependsOn.every((name) => passed.has(name))).toBe(true);
            running.push(check.name);
            seen.push(check.name);
          }
          if (running.length === 0) break;
          const [name = ''] = running.splice(choices.next().value % running.length, 1);
          if (passes.get(name)) passed.add(name);
          seen.push(...schedule.settle(name, passes.get(name) ?? false).map(({ check }) => check.name));
        }

        expect([...seen].sort()).toEqual(checks.map(({ name }) => name).sort());
      }),
      { numRuns: runs(1_000) },
    );
  });
});
