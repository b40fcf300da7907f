import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: string;
}

export interface WebServer {
  /** `http://127.0.0.1:PORT` */
  readonly base: string;
  close(): Promise<void>;
}

/** A server on the loopback; what `answer` does not end is ended. */
export async function webServer(answer: (exchange: Exchange) => unknown): Promise<WebServer> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    await answer({ request, response, url: new URL(request.url ?? '/', 'http://server'), body });
    if (!response.writableEnded) response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
