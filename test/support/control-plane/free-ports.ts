import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/**
 * Distinct ports on 127.0.0.1 that nobody listened on a moment ago. All are held until the last one is known, so that no two are the same;
 * another process may still take one before its user does, therefore a start that fails is tried again with new ones.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
