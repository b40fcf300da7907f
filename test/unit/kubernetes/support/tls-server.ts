import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { cert } from './certs.ts';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface TlsServer {
  readonly url: URL;
  readonly seen: readonly SeenRequest[];
  /** TCP connections that completed their handshake. */
  readonly connections: number;
  stop(): Promise<void>;
}

/** Answers request number `n`, counted from 1. */
export type Answer = (response: ServerResponse, request: SeenRequest, n: number) => void;

/** A real HTTPS server on a free port, scripted by one function. */
export async function startTlsServer(
  answer: Answer,
  options: { readonly identity?: string; readonly tls?: ServerOptions } = {},
): Promise<TlsServer> {
  const identity = options.identity ?? 'server';
  const seen: SeenRequest[] = [];
  let connections = 0;
  const server = createServer({ key: cert(`${identity}.key`), cert: cert(`${identity}.pem`), ...options.tls }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request;
      const entry = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() };
      answer(response, entry, seen.push(entry));
    });
  });
  server.on('secureConnection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`),
    seen,
    get connections() {
      return connections;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function statusBody(code: number, reason: string, message: string): unknown {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message };
}
