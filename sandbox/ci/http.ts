import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CiFaults, ciFaults } from './faults.ts';

/** What came over the wire. */
export interface CiRequest {
  readonly method: string;
  /** Without the query, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface CiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface CiServer {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  readonly faults: CiFaults;
  /** Every request so far, faulty ones included. */
  readonly requests: readonly CiRequest[];
  close(): Promise<void>;
}

export interface CiServerOptions {
  readonly port?: number | undefined;
  readonly now: () => number;
  readonly answer: (request: CiRequest) => CiAnswer;
}

/** A plain-HTTP server on loopback whose answers are a function of the request, with faults on demand. */
export async function serveCi({ port = 0, now, answer }: CiServerOptions): Promise<CiServer> {
  const requests: CiRequest[] = [];
  const faults = ciFaults();
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    requests.push(request);
    const fault = faults.take(request);
    if (fault?.drop === 'before') return void incoming.socket.destroy();
    const answered = fault?.answer ?? answer(request);
    if (fault?.drop === 'after') return void incoming.socket.destroy();
    if (fault?.hang) return;
    respond(response, answered, { now: now(), breakOff: fault?.breakOff ?? false });
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: chosen } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${chosen}`, faults, requests, close: () => stop(server) };
}

function respond(
  response: ServerResponse,
  answer: CiAnswer,
  { now, breakOff }: { readonly now: number; readonly breakOff: boolean },
): void {
  const { status, headers = {}, body = '' } = answer;
  // Clients take times from it, so that it must be the stand-in's clock that speaks.
  response.sendDate = false;
  response.setHeader('date', new Date(now).toUTCString());
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (!breakOff) return void response.end(body);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.write(Buffer.from(body).subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
}

async function readRequest(incoming: IncomingMessage): Promise<CiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '/', ...search] = (incoming.url ?? '/').split('?');
  const headers = Object.fromEntries(Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));
  return { method: incoming.method ?? 'GET', path, query: new URLSearchParams(search.join('?')), headers, body: Buffer.concat(chunks) };
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
