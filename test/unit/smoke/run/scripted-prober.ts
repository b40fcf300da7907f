import type { Clock } from '../../../../lib/platform/clock.ts';
import type { ProbeLimits, ProbeResult } from '../../../../lib/smoke/probe.ts';
import type { ProbeRunner } from '../../../../lib/smoke/run/prober.ts';
import type { HttpSubject } from '../../../../lib/smoke/subject.ts';
import type { HttpProbe, Probe } from '../../../../lib/smoke/suite/suite.ts';

export interface Answer {
  readonly status?: number;
  readonly headers?: HttpSubject['headers'];
  readonly body?: string;
  readonly tookMs?: number;
  /** Instead of an answer. */
  readonly failure?: Extract<ProbeResult, { ok: false }>['failure'];
  readonly message?: string;
  /** It goes on whatever it is told. */
  readonly deaf?: true;
}

export interface Asked {
  readonly url: string;
  readonly probe: HttpProbe;
  readonly at: number;
  readonly limits: ProbeLimits;
}

export interface ScriptedProber extends ProbeRunner {
  readonly asked: Asked[];
  /** The most that were asked at one time. */
  readonly mostAtOnce: () => number;
}

/** A prober whose answers stand in a script: by path, one for each time that it is asked, the last one for all further times. */
export function scriptedProber(
  clock: Clock,
  script: Readonly<Record<string, readonly Answer[] | ((probe: HttpProbe) => Answer)>>,
): ScriptedProber {
  const asked: Asked[] = [];
  const counts = new Map<string, number>();
  let inFlight = 0;
  let most = 0;
  return {
    asked,
    mostAtOnce: () => most,
    async run(probe: Probe, limits: ProbeLimits): Promise<ProbeResult> {
      if (probe.kind !== 'http') throw new Error('only HTTP is scripted');
      const path = new URL(probe.url).pathname.slice(1);
      const answers = script[path] ?? [{}];
      const count = counts.get(path) ?? 0;
      counts.set(path, count + 1);
      const answer = typeof answers === 'function' ? answers(probe) : (answers[Math.min(count, answers.length - 1)] ?? {});
      asked.push({ url: probe.url, probe, at: clock.now(), limits });
      most = Math.max(most, ++inFlight);
      try {
        return await answered(probe, limits, { answer, clock });
      } finally {
        inFlight--;
      }
    },
  };
}

async function answered(
  { url }: HttpProbe,
  { timeoutMs, signal }: ProbeLimits,
  { answer, clock }: { readonly answer: Answer; readonly clock: Clock },
): Promise<ProbeResult> {
  const { status = 200, headers = [], body = '', tookMs = 10, failure, message = 'GET http://shop.test failed', deaf } = answer;
  const takes = deaf ? tookMs : Math.min(tookMs, timeoutMs);
  const begun = clock.now();
  const ended = await clock.sleep(takes, deaf ? undefined : signal).then(
    () => true,
    () => false,
  );
  const timings = { totalMs: clock.now() - begun };
  if (failure) return { ok: false, failure, message, timings };
  if (!ended || tookMs > timeoutMs) return { ok: false, failure: 'timeout', message: `${message}: no answer in ${timeoutMs} ms`, timings };
  const hop = { url, status, headers, durationMs: takes };
  const subject: HttpSubject = {
    kind: 'http',
    status,
    httpVersion: '1.1',
    headers,
    body: Buffer.from(body),
    encodedBytes: body.length,
    url,
    hops: [hop],
  };
  return { ok: true, subject, timings };
}
