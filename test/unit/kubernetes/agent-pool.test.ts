import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createAgentPool } from '../../../lib/kubernetes/agent-pool.ts';
import type { Access } from '../../../lib/kubernetes/connection.ts';

const MINUTE = 60_000;

async function access(): Promise<Access> {
  const server = createServer((_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), tls: {}, headers: {} };
}

it('lets a connection that lies idle end by itself before a load balancer drops it unheard', async () => {
  const to = await access();
  const pool = createAgentPool(1);
  onTestFinished(() => pool.close());
  const agent = pool.agentFor(to, 0, true);

  const sent = request(to.server, { agent }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  const [socket] = (await once(agent, 'free')) as [Socket];

  expect(Object.values(agent.freeSockets).flat()).toEqual([socket]);
  expect(socket.timeout).toBeGreaterThan(0);
  expect(socket.timeout).toBeLessThan(MINUTE);
});

it('keeps one agent for as long as server and TLS material stay what they are', async () => {
  const to = await access();
  const pool = createAgentPool(4);

  const first = pool.agentFor(to, 0, true);

  expect(pool.agentFor({ ...to, headers: { authorization: 'Bearer new' } }, MINUTE / 2, true)).toBe(first);
  expect(pool.agentFor({ ...to, tls: {} }, MINUTE / 2, true)).not.toBe(first);
});
