import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { listenFor, stopListening } from '../../../../lib/smoke/probes/shared-listener.ts';

describe('a listener that many share', () => {
  test('tells all that wait, through one listener of the signal', () => {
    const controller = new AbortController();
    const told: string[] = [];
    listenFor(controller.signal, { onAbort: () => told.push('first') });
    listenFor(controller.signal, { onAbort: () => told.push('second') });

    const listeners = getEventListeners(controller.signal, 'abort').length;
    controller.abort();

    expect({ listeners, told }).toEqual({ listeners: 1, told: ['first', 'second'] });
  });

  test('does not tell those that stopped', () => {
    const controller = new AbortController();
    const told: string[] = [];
    const first = { onAbort: (): unknown => told.push('first') };
    listenFor(controller.signal, first);
    listenFor(controller.signal, { onAbort: () => told.push('second') });

    stopListening(controller.signal, first);
    controller.abort();

    expect(told).toEqual(['second']);
  });

  test('lets go of the signal with the last, and can begin anew', () => {
    const controller = new AbortController();
    const told: string[] = [];
    const listener = { onAbort: (): unknown => told.push('told') };
    listenFor(controller.signal, listener);

    stopListening(controller.signal, listener);
    const left = getEventListeners(controller.signal, 'abort').length;
    listenFor(controller.signal, listener);
    controller.abort();

    expect({ left, told }).toEqual({ left: 0, told: ['told'] });
  });
});
