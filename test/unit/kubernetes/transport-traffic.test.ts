import { expect, it } from 'vitest';
import { recordingLog } from '../../support/recorders.ts';
import { deployments } from './support/fakes.ts';
import { object, serve, sheds, web } from './support/served-client.ts';
import { json, statusBody } from './support/tls-server.ts';

it('tells a log that writes debug lines of each request, retries included', async () => {
  const { log, lines } = recordingLog({ writesDebug: true });
  const { client } = await serve(
    (response, _, n) => (n === 1 ? json(response, 429, sheds, { 'retry-after': '1' }) : json(response, 200, object)),
    { log },
  );

  await client.get(deployments, web);

  const request = { cluster: 'demo', verb: 'get', method: 'GET', path: '/apis/apps/v1/namespaces/dev/deployments/web' };
  expect(lines).toEqual([
    { level: 'debug', message: 'kubernetes request', fields: { ...request, attempt: 1, status: 429, durationMs: expect.any(Number) } },
    { level: 'debug', message: 'kubernetes request', fields: { ...request, attempt: 2, status: 200, durationMs: expect.any(Number) } },
  ]);
});

it('counts the request with new credentials as another attempt', async () => {
  const { log, lines } = recordingLog({ writesDebug: true });
  const { client } = await serve(
    (response, _, n) => (n === 1 ? json(response, 401, statusBody(401, 'Unauthorized', 'no')) : json(response, 200, object)),
    { log },
  );

  await client.get(deployments, web);

  expect(lines.map(({ fields }) => [fields.attempt, fields.status])).toEqual([
    [1, 401],
    [2, 200],
  ]);
});

it('tells why no answer came', async () => {
  const { log, lines } = recordingLog({ writesDebug: true });
  const { client } = await serve((response) => response.destroy(), { log, retryPolicy: { attempts: 1, baseMs: 1, capMs: 1 } });

  await client.get(deployments, web).catch(() => {});

  expect(lines).toMatchObject([{ fields: { attempt: 1, reason: expect.stringContaining('connection was closed') } }]);
});

it('shows neither credentials nor bodies nor the long token of the next page', async () => {
  const { log, lines } = recordingLog({ writesDebug: true });
  const { client } = await serve(
    (response, { method }, n) =>
      method === 'GET'
        ? json(response, 200, { kind: 'List', metadata: n === 1 ? { continue: 'planted-page' } : {}, items: [] })
        : json(response, 200, object),
    { log },
  );

  await client.list(deployments, { select: (item) => item });
  await client.patch(deployments, web, { metadata: { annotations: { note: 'planted-body' } } }, { type: 'merge' });

  expect(lines.map(({ fields }) => fields.path)).toEqual([
    '/apis/apps/v1/deployments?limit=500',
    '/apis/apps/v1/deployments?limit=500&continue=…',
    '/apis/apps/v1/namespaces/dev/deployments/web?fieldManager=nightshift',
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/planted|token-1|Bearer/);
});

it('tells nothing to a log that would not write it', async () => {
  const { log, lines } = recordingLog();
  const { client } = await serve((response) => json(response, 200, object), { log });

  await client.get(deployments, web);

  expect(lines).toEqual([]);
});
