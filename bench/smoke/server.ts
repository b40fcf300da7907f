/** The server that the contestants ask, in a process of its own: `/quick` answers at once, `/slow` after 100 ms. It sends its port to its parent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const SLOW_MS = 100;
const BODY = JSON.stringify({ ok: true, version: '2.4.1', items: Array.from({ length: 10 }, (_, id) => ({ id, name: `item ${id}` })) });

const server = createServer((request, response) => {
  request.resume();
  const answer = (): void => void response.setHeader('content-type', 'application/json').end(BODY);
  if (request.url?.startsWith('/slow')) setTimeout(answer, SLOW_MS);
  else answer();
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
