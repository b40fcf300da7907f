import { onTestFinished } from 'vitest';
import { systemClock } from '../../../../../lib/platform/clock.ts';
import { addressPolicy } from '../../../../../lib/smoke/addresses/address-policy.ts';
import type { ProbeLimits, ProbeResult } from '../../../../../lib/smoke/probe.ts';
import { createProber, type Prober, type ProberOptions } from '../../../../../lib/smoke/probes/run-probe.ts';
import type { HttpSubject, Subject } from '../../../../../lib/smoke/subject.ts';
import type { HttpProbe } from '../../../../../lib/smoke/suite/probe-kinds.ts';

export const LOOPBACK = ['127.0.0.0/8', '::1'];

/** A prober that may speak to this machine; closed when the test is over. */
export function aProber(options: Partial<ProberOptions> & { readonly allow?: readonly string[] } = {}): Prober {
  const prober = createProber({ addresses: addressPolicy(options.allow ?? LOOPBACK), clock: systemClock, ...options });
  onTestFinished(() => prober.close());
  return prober;
}

/** Long for what ends by itself: a test that waits for the timeout says so. */
export function limits(of: Partial<ProbeLimits> = {}): ProbeLimits {
  return { timeoutMs: 15_000, maxBodyBytes: 1024 * 1024, signal: new AbortController().signal, ...of };
}

export function get(url: string, more: Partial<HttpProbe> = {}): HttpProbe {
  return {
    kind: 'http',
    method: 'GET',
    url,
    headers: [],
    query: [],
    followRedirects: 0,
    tls: { insecure: false },
    decompress: true,
    ...more,
  };
}

/** The subject of a probe that must have had an answer. */
export function subjectOf(result: ProbeResult): Subject {
  if (!result.ok) throw new Error(`the probe failed with ${result.failure}: ${result.message}`);
  return result.subject;
}

export async function http(
  probe: HttpProbe,
  { prober = aProber(), ...of }: Partial<ProbeLimits> & { readonly prober?: Prober } = {},
): Promise<HttpSubject> {
  const subject = subjectOf(await prober.run(probe, limits(of)));
  if (subject.kind !== 'http') throw new Error(`a subject of the kind ${subject.kind}`);
  return subject;
}

export async function failureOf(running: Promise<ProbeResult>): Promise<Extract<ProbeResult, { readonly ok: false }>> {
  const result = await running;
  if (result.ok) throw new Error('the probe did not fail');
  return result;
}

/** Of the last header of this name. */
export function header({ headers }: Pick<HttpSubject, 'headers'>, name: string): string | undefined {
  return headers.findLast(([other]) => other.toLowerCase() === name)?.[1];
}
