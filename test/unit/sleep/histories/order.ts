import type { ModelWrite } from '../../../support/model-cluster.ts';
import { BrokenPromise } from './broken-promise.ts';
import { sizeOf } from './objects.ts';

/** Databases first, what uses them next, schedules last; to sleep it is the other way round, after everybody who wakes. */
const wakingOrder = ['StatefulSet', 'Deployment', 'CronJob'];

/** Of a run that nothing disturbed. @throws BrokenPromise */
export function expectOrder(writes: readonly ModelWrite[]): void {
  const places = writes.flatMap(({ before, after }) => {
    const place = wakingOrder.indexOf(after.kind ?? '');
    if (place < 0 || !before) return [];
    return [sizeOf(after) < sizeOf(before) ? 2 * wakingOrder.length - place : place];
  });
  if (places.some((place, index) => place < (places[index - 1] ?? 0)))
    throw new BrokenPromise(`written out of order: ${writes.map(({ key }) => key).join(', ')}`);
}
