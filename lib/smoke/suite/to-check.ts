import type { FailureClass } from '../failure-class.ts';
import type { Assertion, SourceKind } from './assertion.ts';
import type { ProbeTemplate } from './probe-kinds.ts';
import type { CheckInput } from './schema.ts';
import type { Capture, Check, Retry } from './suite.ts';
import { degrading, toAssertions, toCapture } from './to-assertion.ts';
import { type Defaults, toProbe } from './to-probe.ts';

const TIMEOUT_MS = 10_000;
const INTERVAL_MS = 1_000;
const MAX_BODY_BYTES = 1_048_576;

/** After which an attempt is tried again, unless the suite says otherwise: what may pass by itself while a service starts. */
export const RETRIED: readonly FailureClass[] = ['dns', 'connect', 'tls', 'timeout', '429', '5xx'];

/** A check with all that it leaves out. Its `dependsOn` has what it says; what its captures imply is added by the suite. */
export function toCheck(input: CheckInput, defaults: Defaults): Check {
  const written = (input.assert ?? []).flatMap(toAssertions);
  const capture: Record<string, Capture> = Object.fromEntries(
    Object.entries(input.capture ?? {}).map(([name, source]) => [name, toCapture(source)]),
  );
  const reads = [...written, ...Object.values(capture)].some(({ source }) => source.kind === 'received' || source.kind === 'regex');
  const probe = toProbe(input, defaults, reads);
  const degradedOver = input.degradedOver ?? defaults.degradedOver;
  return {
    name: input.name,
    probe,
    assert: [
      ...written,
      ...impliedAssertions(probe, written),
      ...(degradedOver === undefined ? [] : [{ ...degrading(degradedOver), implied: true as const }]),
    ],
    capture,
    dependsOn: input.dependsOn ?? [],
    timeoutMs: input.timeout ?? defaults.timeout ?? TIMEOUT_MS,
    maxBodyBytes: input.maxBody ?? defaults.maxBody ?? MAX_BODY_BYTES,
    retry: retryOf(input.retry, defaults.retry),
    successes: input.successes ?? 1,
    intervalMs: input.interval ?? INTERVAL_MS,
    optional: input.optional ?? false,
  };
}

function retryOf(own: CheckInput['retry'], before: CheckInput['retry']): Retry {
  const { attempts = 3, on, backoff = 200, maxBackoff = 5_000, jitter = true } = { ...before, ...own };
  return { attempts, on: on ?? RETRIED, backoffMs: backoff, maxBackoffMs: maxBackoff, jitter };
}

/** What every check of its kind is asked that does not say otherwise. */
function impliedAssertions(probe: ProbeTemplate, written: readonly Assertion[]): readonly Assertion[] {
  const asks = (...kinds: readonly SourceKind[]): boolean => written.some(({ source }) => kinds.includes(source.kind));
  const asksHopStatus = written.some(({ source }) => source.kind === 'hop' && source.field.kind === 'status');
  switch (probe.kind) {
    case 'http':
      return asks('status') || asksHopStatus ? [] : [SUCCESS];
    case 'tls':
      return probe.tls.insecure || written.some(({ source }) => source.kind === 'certificate' && source.field === 'trusted')
        ? []
        : [TRUSTED];
    case 'dns':
      return [...(asks('code') ? [] : [FOUND_NAME]), ...(asks('code', 'records') ? [] : [HAS_RECORDS])];
    case 'grpc':
      return asks('serving', 'code') ? [] : [SERVING];
    case 'tcp':
      return [];
    default:
      return probe satisfies never;
  }
}

const SUCCESS: Assertion = {
  source: { kind: 'status' },
  predicate: { operator: 'status', ranges: [[200, 299]], not: false },
  implied: true,
};
const TRUSTED: Assertion = {
  source: { kind: 'certificate', field: 'trusted' },
  predicate: { operator: 'equals', value: true },
  implied: true,
};
const FOUND_NAME: Assertion = { source: { kind: 'code' }, predicate: { operator: 'equals', value: 'NOERROR' }, implied: true };
const HAS_RECORDS: Assertion = {
  source: { kind: 'records' },
  predicate: { operator: 'count', test: { operator: 'atLeast', value: 1 } },
  implied: true,
};
const SERVING: Assertion = { source: { kind: 'serving' }, predicate: { operator: 'equals', value: 'SERVING' }, implied: true };
