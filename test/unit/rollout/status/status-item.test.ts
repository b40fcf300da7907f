import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUS_MODES } from '../../../../lib/rollout/status/modes.ts';
import { statusItems } from '../../../../lib/rollout/status/status-item.ts';
import { anyObject } from '../../../support/rollout/any-object.ts';
import { aDeployment, anObject, aPod, NOW } from '../../../support/vectors/status-objects.ts';

describe('the items of some objects', () => {
  it('say where they stand, and nothing where an object does not say', () => {
    const inputs = [{ object: aDeployment({}) }, { object: { kind: 'Namespace', metadata: { name: 7 } } }, { problem: 'x.yaml is a text' }];

    const items = statusItems(inputs, { mode: 'kubectl', now: NOW });

    expect(items.map(({ kind, namespace, name }) => [kind, namespace, name])).toEqual([
      ['Deployment', 'shop', 'web'],
      ['Namespace', '', ''],
      ['', '', ''],
    ]);
    expect(items[2]).toMatchObject({ status: 'error', reason: 'NotAnObject', message: 'x.yaml is a text' });
  });

  it('name in a verdict the container, and the object only when it is another', () => {
    const [item] = statusItems([{ object: aPod('Running', { waiting: ['CrashLoopBackOff'] }) }], { mode: 'verdict', now: NOW });

    expect(item).toMatchObject({ status: 'failed', reason: 'CrashLoopBackOff', message: expect.stringMatching(/^container c0: /) });
  });

  it.each(STATUS_MODES)('are one for each object, in the mode %s, whatever the objects hold', (mode) => {
    fc.assert(
      fc.property(fc.array(anyObject(NOW), { maxLength: 6 }), (objects) => {
        const items = statusItems(
          objects.map((object) => ({ object })),
          { mode, now: NOW },
        );

        expect(items.map(({ kind }) => kind)).toEqual(objects.map(({ kind }) => kind));
        for (const { status, message } of items) expect([status, message]).toEqual([expect.stringMatching(/./), expect.any(String)]);
      }),
      { numRuns: 200 },
    );
  });

  it('lets no object change the status of another, except in a verdict', () => {
    const objects = [aPod('Running', { waiting: ['CrashLoopBackOff'] }), anObject('v1 Secret'), aDeployment({ spec: 1 })];

    for (const mode of ['kstatus', 'kubectl'] as const) {
      const together = statusItems(
        objects.map((object) => ({ object })),
        { mode, now: NOW },
      );

      expect(together).toEqual(objects.flatMap((object) => statusItems([{ object }], { mode, now: NOW })));
    }
  });
});
