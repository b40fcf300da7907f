import { Writable } from 'node:stream';
import type { Notification, Notifier } from '../../lib/notify/notifier.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import type { Log, LogFields } from '../../lib/platform/log.ts';
import type { MetricsSink } from '../../lib/platform/metrics-sink.ts';

type Level = Exclude<keyof Log, 'writesDebug'>;

export interface LoggedLine {
  readonly level: Level;
  readonly message: string;
  readonly fields: LogFields;
}

/** A log that keeps what it is told; traffic too, when it says that it writes such lines. */
export function recordingLog({ writesDebug = false } = {}): { readonly log: Log; readonly lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const at =
    (level: Level) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  return { lines, log: { writesDebug, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

/** Metrics as published; what was added and not published is not seen. */
export function recordingMetrics(): { readonly metrics: MetricsSink; readonly published: Record<string, number>[] } {
  const published: Record<string, number>[] = [];
  let pending: Record<string, number> = {};
  return {
    published,
    metrics: {
      add: (name, value) => {
        pending[name] = value;
      },
      publish: () => {
        published.push(pending);
        pending = {};
      },
    },
  };
}

export function recordingNotifier(): { readonly notifier: Notifier; readonly sent: Notification[] } {
  const sent: Notification[] = [];
  return { sent, notifier: { notify: async (notification) => void sent.push(notification) } };
}

/** A stream that keeps its text. */
export function recordingStream(): {
  readonly stream: Writable;
  readonly text: () => string;
  readonly json: () => Record<string, unknown>[];
} {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const text = (): string => chunks.join('');
  const json = (): Record<string, unknown>[] =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { stream, text, json };
}

/** A clock that only moves when told or slept on. */
export function steppingClock(start: number): Clock & { advance(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      now += ms;
    },
  };
}
