import { vi } from 'vitest';
import { type Clock, systemClock } from '../../../lib/platform/clock.ts';
import { createLog } from '../../../lib/platform/logger.ts';
import { noMetrics } from '../../../lib/platform/metrics-sink.ts';
import type { Report } from '../../../lib/platform/report.ts';
import { recordingStream } from '../recorders.ts';

export interface Invocation {
  /** What the handler returned. */
  readonly report?: Report;
  /** What it threw. */
  readonly error?: Error;
  /** Everything it logged. */
  readonly logged: string;
}

export type Invoke = (event: unknown) => Promise<Invocation>;

/** What is retried is retried at once. */
const clock: Clock = { ...systemClock, sleep: async (_, signal) => signal?.throwIfAborted() };

/** The function as a new execution environment of Lambda loads it: it remembers no cluster, token or parameter of another. */
export async function freshFunction(env: Readonly<Record<string, string>>): Promise<Invoke> {
  vi.resetModules();
  const { scaleDevNightly } = await import('../../../functions/scale-dev-nightly/job.ts');
  const { lambdaHandler } = await import('../../../lib/platform/lambda-handler.ts');
  return async (event) => {
    const { stream, text } = recordingStream();
    const log = createLog({ job: scaleDevNightly.name, level: 'debug', stream });
    const handler = lambdaHandler(scaleDevNightly, { env, clock, log, metrics: noMetrics });
    try {
      return { report: await handler(event, { getRemainingTimeInMillis: () => 60_000 }), logged: text() };
    } catch (error) {
      return { error: error as Error, logged: text() };
    }
  };
}
