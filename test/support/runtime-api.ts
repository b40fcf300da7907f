import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the runtime posts about an error: the same shape for an invocation and for INIT. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type InvocationResult =
  | { readonly kind: 'response'; readonly body: unknown }
  | { readonly kind: 'error'; readonly error: RuntimeError };

/** The Lambda side of a runtime: hands out events and takes what comes back. */
export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Queues one event and waits for its result. The function sees a deadline `timeoutMs` from now (15 minutes unless told). */
  invoke(event: unknown, options?: { readonly timeoutMs?: number }): Promise<InvocationResult>;
  /** Resolves when the runtime first asks for an event, which is the end of INIT: with the time, as `performance.now()` tells it. */
  readonly firstPoll: Promise<number>;
  /** Resolves if the runtime reports that INIT failed. */
  readonly initError: Promise<RuntimeError>;
  close(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly timeoutMs: number;
  readonly settle: (result: InvocationResult) => void;
}

const prefix = '/2018-06-01/runtime';
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:local';

/** Serves the four paths of the Lambda Runtime API on a free port of the loopback interface. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const queued: Invocation[] = [];
  const waiting: ServerResponse[] = [];
  const running = new Map<string, Invocation>();
  const firstPoll = Promise.withResolvers<number>();
  const initError = Promise.withResolvers<RuntimeError>();

  const deliver = (): void => {
    const [invocation, response] = [queued[0], waiting[0]];
    if (!invocation || !response) return;
    queued.shift();
    waiting.shift();
    running.set(invocation.id, invocation);
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': invocation.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + invocation.timeoutMs),
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    });
    response.end(JSON.stringify(invocation.event));
  };

  const finish = (id: string, result: InvocationResult): boolean => {
    const invocation = running.get(id);
    running.delete(id);
    invocation?.settle(result);
    return invocation !== undefined;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = `${request.method} ${request.url}`;
    if (route === `GET ${prefix}/invocation/next`) {
      firstPoll.resolve(performance.now());
      waiting.push(response);
      response.on('close', () => waiting.includes(response) && waiting.splice(waiting.indexOf(response), 1));
      return deliver();
    }
    const body = await readJson(request);
    if (route === `POST ${prefix}/init/error`) {
      initError.resolve(body as RuntimeError);
      return void response.writeHead(202).end('{}');
    }
    const [, id = '', what] = /^POST \/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    const known = what && finish(id, what === 'response' ? { kind: 'response', body } : { kind: 'error', error: body as RuntimeError });
    response.writeHead(known ? 202 : 404).end('{}');
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    firstPoll: firstPoll.promise,
    initError: initError.promise,
    invoke(event, { timeoutMs = 900_000 } = {}) {
      const { promise, resolve } = Promise.withResolvers<InvocationResult>();
      queued.push({ id: randomUUID(), event, timeoutMs, settle: resolve });
      deliver();
      return promise;
    },
    close() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
