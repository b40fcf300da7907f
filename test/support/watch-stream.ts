import { request } from 'node:https';
import type { ApiAccess } from './api-request.ts';

export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

/** A running watch: what it told so far. */
export interface Watch {
  readonly events: readonly WatchEvent[];
  /** Resolves when the server ends the stream; rejects when the connection breaks or the answer is not 200. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens a watch and collects its events, one JSON document a line. */
export function openWatch(access: ApiAccess, path: string): Watch {
  const events: WatchEvent[] = [];
  const outgoing = request(new URL(path, access.url), {
    ca: access.caPem,
    agent: false,
    headers: { authorization: `Bearer ${access.token}`, accept: 'application/json' },
  });
  const ended = new Promise<void>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      if (incoming.statusCode !== 200) reject(new Error(`watch ${path} was answered ${incoming.statusCode}`));
      let rest = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        events.push(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as WatchEvent));
      });
      incoming.on('error', reject);
      incoming.on('end', resolve);
    });
  });
  // Closing a watch breaks its connection; only who waits for the end wants to hear of it.
  ended.catch(() => {});
  outgoing.end();
  return { events, ended, close: () => outgoing.destroy() };
}
