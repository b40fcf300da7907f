/** A TLS server that answers any list with Deployments of 9.3 KB: 10 of them, or pages of 500 until 5,000 were read. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const TOTAL = 5000;
const PAGE = 500;
const TARGET_BYTES = 9300;

const certs = new URL('../../test/support/certs/', import.meta.url);
let connections = 0;

/** Text that compresses about as well as manifests do. */
function deployment(index: number): unknown {
  const env = [];
  for (let i = 0; JSON.stringify(env).length < TARGET_BYTES - 600; i++) {
    env.push({
      name: `SETTING_${i}`,
      value: `https://service-${(index * 7919 + i * 104729) % 100003}.internal/${(index * i * 31) % 9973}`,
    });
  }
  const labels = { app: `web-${index}` };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${index}`, namespace: `team-${index % 50}`, uid: `0f0e-${index}`, resourceVersion: String(index), labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: `registry.example/web:${index}`, env }] } },
    },
    status: { replicas: 2, readyReplicas: 2, observedGeneration: 1, conditions: [{ type: 'Available', status: 'True' }] },
  };
}

function page(from: number, count: number): Buffer {
  const items = Array.from({ length: count }, (_, i) => deployment(from + i));
  const next = from + count < TOTAL && count === PAGE ? String(from + count) : '';
  return Buffer.from(
    JSON.stringify({ kind: 'DeploymentList', apiVersion: 'apps/v1', metadata: { resourceVersion: '1', continue: next }, items }),
  );
}

const pages = Array.from({ length: TOTAL / PAGE }, (_, i) => page(i * PAGE, PAGE));
const small = page(0, 10);

const server = createServer(
  { key: readFileSync(new URL('server.key', certs)), cert: readFileSync(new URL('server.pem', certs)) },
  (request, response) => {
    const query = new URL(request.url ?? '/', 'https://bench').searchParams;
    const body = query.get('limit') === String(PAGE) ? (pages[Number(query.get('continue') ?? 0) / PAGE] ?? small) : small;
    const compress = request.headers['accept-encoding'] === 'gzip';
    // The API server compresses at level 1, for every request anew.
    response.writeHead(200, { 'content-type': 'application/json', ...(compress && { 'content-encoding': 'gzip' }) });
    response.end(compress ? gzipSync(body, { level: 1 }) : body);
  },
);
server.on('secureConnection', () => connections++);
process.on('message', () => {
  process.send?.(connections);
  connections = 0;
});
server.listen(0, () => process.send?.((server.address() as AddressInfo).port));
