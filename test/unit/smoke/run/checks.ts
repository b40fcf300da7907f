import type { Assertion, Check, HttpProbe, Suite } from '../../../../lib/smoke/suite/suite.ts';

export const STATUS_2XX: Assertion = {
  source: { kind: 'status' },
  predicate: { operator: 'status', ranges: [[200, 299]], not: false },
  implied: true,
};

export function anHttpProbe(over: Partial<HttpProbe> = {}): HttpProbe {
  return {
    kind: 'http',
    method: 'GET',
    url: 'http://shop.test/',
    headers: [],
    query: [],
    followRedirects: 0,
    tls: { insecure: false },
    decompress: true,
    ...over,
  };
}

/** A check that asks once, and is tried again as suites are unless they say otherwise, but without waiting. */
export function aCheck(name: string, over: Partial<Check> = {}): Check {
  return {
    name,
    probe: anHttpProbe({ url: `http://shop.test/${name}` }),
    assert: [STATUS_2XX],
    capture: {},
    dependsOn: [],
    timeoutMs: 10_000,
    maxBodyBytes: 1_048_576,
    retry: { attempts: 3, on: ['dns', 'connect', 'tls', 'timeout', '429', '5xx'], backoffMs: 200, maxBackoffMs: 5_000, jitter: false },
    successes: 1,
    intervalMs: 1_000,
    optional: false,
    ...over,
  };
}

export function aSuite(checks: readonly Check[], over: Partial<Suite> = {}): Suite {
  return { version: 1, name: 'shop', deadlineMs: 60_000, allow: [], variables: {}, checks, warnings: [], ...over };
}
