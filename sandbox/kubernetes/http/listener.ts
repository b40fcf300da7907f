import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Certificates } from '../certificates.ts';
import type { FaultList } from '../faults.ts';
import { authorize } from '../rbac.ts';
import type { RequestLog } from '../requests.ts';
import { StatusError, type StatusFields } from '../status.ts';
import type { World } from '../verbs/world.ts';
import { type Answer, refusal, send } from './answer.ts';
import { readBody } from './body.ts';
import { type Authenticate, type Identity, identify } from './identity.ts';
import { parseRequest, type RequestInfo } from './request-info.ts';
import { route } from './router.ts';

export interface ListenerOptions {
  readonly world: World;
  readonly faults: FaultList;
  readonly requests: RequestLog;
  readonly tokens: ReadonlyMap<string, Identity>;
  readonly authenticate?: Authenticate;
  readonly certificates: Certificates;
  readonly host: string;
  readonly port: number;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the API over TLS until closed. Open watches end with the listener, idle connections at once. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const closing = new AbortController();
  const sockets = new Set<Duplex>();
  const { certPem, keyPem } = options.certificates;
  const server = createServer({ cert: certPem, key: keyPem, keepAlive: true }, (request, response) => {
    serve(options, closing.signal, request, response).catch(() => response.destroy());
  });
  server.on('secureConnection', () => options.requests.connections++);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function serve(options: ListenerOptions, closing: AbortSignal, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const info = parseRequest(request.method ?? 'GET', request.url ?? '/');
  const effect = options.faults.meet(info);
  if (effect.delayMs > 0) await options.world.clock.sleep(effect.delayMs);
  const seen = { user: undefined as string | undefined };
  if (effect.drop === 'before') {
    record(options, request, info, seen.user, 0);
    request.socket.destroy();
    return;
  }
  const answer = await answerTo(options, closing, request, info, effect.error, seen);
  record(options, request, info, seen.user, effect.drop === 'after' ? 0 : answer.type === 'stream' ? 200 : answer.code);
  const acceptsGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  await send(response, answer, acceptsGzip, effect.drop);
}

async function answerTo(
  { world, tokens, authenticate }: ListenerOptions,
  closing: AbortSignal,
  request: IncomingMessage,
  info: RequestInfo,
  fault: StatusError | undefined,
  seen: { user: string | undefined },
): Promise<Answer> {
  try {
    const body = await readBody(request);
    if (fault) throw fault;
    const identity = await identify(request.headers.authorization, tokens, authenticate);
    seen.user = identity.user;
    authorize(world.store, identity, info);
    const { 'content-type': contentType, accept, 'user-agent': userAgent } = request.headers;
    return route(world, { info, identity, body, contentType, accept, userAgent, closing });
  } catch (error) {
    if (error instanceof StatusError) return refusal(error.fields);
    return refusal(internalError(error));
  }
}

/** A defect of the sandbox itself: answered like one of the API server, so that the caller's handling is exercised and the cause is seen. */
function internalError(error: unknown): StatusFields {
  const message = `Internal error occurred: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  return { code: 500, reason: 'InternalError', message, details: {} };
}

function record(
  { requests }: ListenerOptions,
  request: IncomingMessage,
  info: RequestInfo,
  user: string | undefined,
  status: number,
): void {
  const { resource } = info;
  requests.record({
    verb: info.verb,
    method: info.method,
    path: request.url ?? '/',
    ...(resource ? { resource: resource.subresource ? `${resource.plural}/${resource.subresource}` : resource.plural } : {}),
    ...(user === undefined ? {} : { user }),
    status,
  });
}
