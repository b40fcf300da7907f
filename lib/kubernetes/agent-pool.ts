import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Access } from './connection.ts';

/** Idle longer than this, a connection is presumed dead: load balancers drop them after 60 s, and a frozen Lambda sandbox sees none of it. */
const STALE_AFTER_MS = 50_000;
/** TCP keep-alive below the 60 s of common load balancers, as client-go has it. */
const KEEP_ALIVE_PROBE_MS = 30_000;

/** The keep-alive connections of one client: one agent for as long as the TLS material stays what it is. */
export interface AgentPool {
  agentFor(access: Access, now: number, idle: boolean): HttpAgent;
  close(): void;
}

export function createAgentPool(maxSockets: number): AgentPool {
  let current: { readonly agent: HttpAgent; readonly tls: Access['tls']; readonly origin: string } | undefined;
  let lastUse = 0;

  /** Requests in flight end on their connection as if nothing had happened. */
  const close = (): void => {
    for (const sockets of Object.values(current?.agent.freeSockets ?? {})) {
      for (const socket of sockets ?? []) socket.destroy();
    }
    current = undefined;
  };
  return {
    close,
    agentFor(access, now, idle) {
      if (access.proxy) return access.proxy.agent;
      if (idle && now - lastUse > STALE_AFTER_MS) close();
      lastUse = now;
      if (current?.tls !== access.tls || current.origin !== access.server.origin) {
        // Requests in flight keep the old agent and end on it; its idle sockets close by themselves.
        current = { agent: createAgent(access, maxSockets), tls: access.tls, origin: access.server.origin };
      }
      return current.agent;
    },
  };
}

function createAgent({ server, tls }: Access, maxSockets: number): HttpAgent {
  const keepAlive = { keepAlive: true, keepAliveMsecs: KEEP_ALIVE_PROBE_MS, maxSockets, timeout: STALE_AFTER_MS };
  return server.protocol === 'http:' ? new HttpAgent(keepAlive) : new HttpsAgent({ ...keepAlive, ...tls });
}
