import { systemClock } from '../../lib/platform/clock.ts';
import type { WireRequest } from '../aws/authenticate.ts';
import { listen, stop } from '../aws/http.ts';

/** What an endpoint answers: a document, a text, or nothing for as long as the caller waits. */
export type EndpointAnswer =
  | { readonly status: number; readonly json?: unknown; readonly text?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'hang';

export interface Endpoint {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Method and path of every request so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** A plain-HTTP endpoint on a free loopback port, as the ones are that hand out credentials. */
export async function startEndpoint(answer: (request: WireRequest) => EndpointAnswer): Promise<Endpoint> {
  const requests: string[] = [];
  const { server, port } = await listen({
    host: '127.0.0.1',
    port: 0,
    now: systemClock.now,
    answer: async (request) => {
      requests.push(`${request.method} ${request.rawPath}`);
      const answered = answer(request);
      // `stop` cuts the connection of whoever is still waiting.
      if (answered === 'hang') return new Promise<never>(() => {});
      const { status, json, text = '', headers } = answered;
      if (json === undefined) return { status, body: text, headers: { 'content-type': 'text/plain', ...headers } };
      return { status, body: JSON.stringify(json), headers: { 'content-type': 'application/json', ...headers } };
    },
  });
  return { url: `http://127.0.0.1:${port}`, requests, close: () => stop(server) };
}
