import type { Resource } from '../../../../lib/kubernetes/client.ts';
import type { Access, Connection } from '../../../../lib/kubernetes/connection.ts';
import type { Clock } from '../../../../lib/platform/clock.ts';
import { cert } from './certs.ts';

export const deployments: Resource = { group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment', namespaced: true };
export const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };

/** A clock that a test moves; sleeping moves it as well, at once. */
export interface TestClock extends Clock {
  readonly slept: readonly number[];
  advance(ms: number): void;
}

export function testClock(start = Date.UTC(2026, 10, 24)): TestClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

/** A connection with a token that gets a number each time it is made anew: `token-1`, `token-2`, … */
export function testConnection(server: URL, tls: Access['tls'] = { ca: cert('ca.pem') }): Connection & { readonly invalidated: number } {
  let made = 1;
  let invalidated = 0;
  let current: Access = { server, tls, headers: { authorization: 'Bearer token-1' } };
  return {
    unauthorizedHint: 'log in again',
    get invalidated() {
      return invalidated;
    },
    access: async () => current,
    invalidate(used) {
      invalidated++;
      if (used === current) current = { ...current, headers: { authorization: `Bearer token-${++made}` } };
    },
  };
}
