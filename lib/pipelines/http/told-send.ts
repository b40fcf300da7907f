import type { Log } from '../../platform/log.ts';
import { type Send, send } from './send.ts';

/** Exchanges that are told to a log, a debug line each: where and what came of it, never headers or bodies. */
export function toldSend(log: Log, now: () => number): Send {
  return async (request) => {
    const started = now();
    const tell = (outcome: Readonly<Record<string, unknown>>): void =>
      log.debug('request', { service: request.service, method: request.method, url: request.url, ...outcome, durationMs: now() - started });
    try {
      const answer = await send(request);
      tell({ status: answer.status });
      return answer;
    } catch (error) {
      tell({ error });
      throw error;
    }
  };
}
