import type { Agent } from 'node:https';

/**
 * The proxy between us and the server is at fault: it cannot be reached, does not answer, or does not let us through. Keeps no cause: SOCKS
 * errors carry the password of the proxy.
 */
export class ProxyError extends Error {
  /** Of node, as ECONNREFUSED; empty when there is none. */
  readonly code: string;
  /** What the proxy answered to the wish for a tunnel. */
  readonly status: number | undefined;

  constructor(why: string, { code = '', status }: { readonly code?: string; readonly status?: number } = {}) {
    super(why);
    this.name = 'ProxyError';
    this.code = code;
    this.status = status;
  }

  /** 407 and other refusals stay what they are; a proxy that is away, or cannot reach the server, may get over it. */
  get retryable(): boolean {
    return this.status === undefined || this.status >= 500;
  }
}

type Opened = (error: unknown, socket?: unknown) => void;
type CreateConnection = (options: Target, opened: Opened) => unknown;
type Connect = (request: unknown, options: Target) => Promise<unknown>;

interface Target {
  readonly host?: string | null;
}

/**
 * Makes an agent of client-node say of its failures whose they are: until the tunnel stands, its proxy's. What goes wrong in the tunnel is told by
 * the socket, not by the agent. There are two families of agents, for HTTP proxies and for SOCKS, and each has its own way of opening a connection.
 */
export function blamingProxy(agent: Agent): Agent {
  const open: unknown = Reflect.get(agent, 'connect');
  if (typeof open === 'function') {
    const connect = open.bind(agent) as Connect;
    Reflect.set(agent, 'connect', (request: unknown, options: Target) =>
      connect(request, options).catch((error: unknown) => {
        throw blamed(error, options);
      }),
    );
  } else {
    const create = Reflect.get(agent, 'createConnection').bind(agent) as CreateConnection;
    Reflect.set(agent, 'createConnection', (options: Target, opened: Opened) =>
      create(options, (error, socket) => opened(error ? blamed(error, options) : error, socket)),
    );
  }
  return agent;
}

/** Some SOCKS proxies want an address: that the server's name has none is not their fault. */
function blamed(error: unknown, { host }: Target): unknown {
  if (!(error instanceof Error)) return new ProxyError(String(error));
  if ('hostname' in error && error.hostname === host) return error;
  // client-node's agent tells the proxy's answer in no other way.
  const [, status] = /^Bad response: (\d{3})$/.exec(error.message) ?? [];
  if (status !== undefined) return new ProxyError(`it answered ${status}`, { status: Number(status) });
  return new ProxyError(error.message.slice(0, 200), { code: codeOf(error) });
}

/** Errors of SOCKS agents have the code in their message only. */
function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : (/\bE[A-Z]{4,}\b/.exec(error.message)?.[0] ?? '');
}
