import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

export const certs = (file: string): string => readFileSync(new URL(`../../../../support/certs/${file}`, import.meta.url), 'utf8');
export const CA = certs('ca.pem');
export const SERVER_TLS = { cert: certs('server.pem'), key: certs('server.key') };

/** Listens on the loopback until the test is over; its connections do not outlive it. */
async function listening(server: Server, address = '127.0.0.1'): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

export interface WebServer {
  readonly url: string;
  readonly port: number;
  readonly server: HttpServer;
  /** Connections so far. */
  readonly connections: () => number;
}

export async function webServer(listener: RequestListener, address?: string): Promise<WebServer> {
  return webServerOf(createHttpServer(listener), 'http://127.0.0.1', address);
}

export async function secureWebServer(listener: RequestListener, tls: TlsOptions = SERVER_TLS): Promise<WebServer> {
  const server = createHttpsServer(tls, listener);
  server.on('tlsClientError', () => {});
  return webServerOf(server, 'https://localhost');
}

async function webServerOf(server: HttpServer, origin: string, address?: string): Promise<WebServer> {
  let connections = 0;
  server.on('connection', () => connections++);
  const port = await listening(server, address);
  return { url: `${origin}:${port}`, port, server, connections: () => connections };
}

/** Bytes over TCP, as scripted. */
export async function tcpServer(onConnection: (socket: Socket) => void): Promise<number> {
  return listening(createServer(onConnection));
}

export async function tlsServer(onConnection: (socket: TLSSocket) => void, tls: TlsOptions = SERVER_TLS): Promise<number> {
  const server = createTlsServer(tls, (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.on('tlsClientError', () => {});
  return listening(server);
}

/** A server that has read a request's head answers with these bytes. */
export async function rawAnswer(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const port = await tcpServer((socket) => {
    socket.once('data', () => {
      for (const piece of pieces) socket.write(piece);
      socket.end();
    });
  });
  return `http://127.0.0.1:${port}`;
}

/** Writes to the socket again and again until it closes. */
export function drip(socket: Socket, piece: string, everyMs = 5): void {
  const timer = setInterval(() => socket.write(piece), everyMs);
  socket.on('close', () => clearInterval(timer));
}

/** A port where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
