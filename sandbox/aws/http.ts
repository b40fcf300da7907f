import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireRequest } from './authenticate.ts';
import type { Answer } from './dispatch.ts';

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly now: () => number;
  readonly answer: (request: WireRequest) => Promise<Answer>;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Repeated headers are joined as they are signed: with a comma. */
function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(',')]));
}

/** `+` is a plus sign in a signed query; a space is always `%20`. */
function queryOf(search: string): (readonly [string, string])[] {
  const pairs = search === '' ? [] : search.split('&');
  return pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [decodeURIComponent(name), decodeURIComponent(value.join('='))] as const;
  });
}

async function wireRequest(request: IncomingMessage): Promise<WireRequest> {
  const [rawPath = '/', ...search] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    rawPath,
    query: queryOf(search.join('?')),
    headers: headersOf(request),
    body: await readBody(request),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, { answer, now }: HttpOptions): Promise<void> {
  const answered = await answer(await wireRequest(request));
  if (answered === 'drop') {
    request.socket.destroy();
    return;
  }
  const { status, headers = {}, body = '' } = answered;
  // The SDK corrects its clock by the Date header, so that it must be the sandbox's clock that speaks.
  const id = randomUUID();
  response.sendDate = false;
  response.writeHead(status, {
    date: new Date(now()).toUTCString(),
    'x-amzn-requestid': id,
    'x-amz-request-id': id,
    ...(status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** @returns a listening server and its port */
export async function listen(options: HttpOptions): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    serve(request, response, options).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Open connections are cut: whoever still waits is told at once. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
