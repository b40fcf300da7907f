import { describe, expect, it } from 'vitest';
import { aConfigMap, aSandbox, DEPLOYMENTS, MAPS } from './sandbox.ts';

describe('an injected fault', () => {
  it.each([
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [409, 'Conflict'],
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
    [504, 'Timeout'],
  ] as const)('answers %i once, and then the server is as it was', async (status, reason) => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ verb: 'create', resource: 'configmaps', status });

    const refused = await ask('POST', MAPS, aConfigMap('x'));
    const accepted = await ask('POST', MAPS, aConfigMap('x'));

    expect(refused).toMatchObject({ status, body: { kind: 'Status', status: 'Failure', reason, code: status } });
    expect(accepted.status).toBe(201);
  });

  it('hits only what it names', async () => {
    const { sandbox, ask } = await aSandbox({ objects: [aConfigMap('x'), aConfigMap('y')] });
    sandbox.faults.add({ verb: ['get', 'patch'], resource: 'configmaps', namespace: 'default', name: 'x', status: 503, times: Infinity });

    expect((await ask('GET', `${MAPS}/x`)).status).toBe(503);
    expect((await ask('PATCH', `${MAPS}/x`, { data: {} })).status).toBe(503);
    expect((await ask('GET', `${MAPS}/y`)).status).toBe(200);
    expect((await ask('GET', MAPS)).status).toBe(200);
    expect((await ask('DELETE', `${MAPS}/x`)).status).toBe(200);
  });

  it('lets some pass, hits every n-th and ends after its times', async () => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ verb: 'list', skip: 1, every: 2, times: 2, status: 500 });

    const statuses: number[] = [];
    for (let index = 0; index < 7; index++) statuses.push((await ask('GET', MAPS)).status);

    expect(statuses).toEqual([200, 500, 200, 500, 200, 200, 200]);
  });

  it('is over when the faults are cleared', async () => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ status: 500, times: Infinity });
    sandbox.faults.clear();

    expect((await ask('GET', MAPS)).status).toBe(200);
  });

  it('can hit only the pages after the first', async () => {
    const { sandbox, ask } = await aSandbox({ objects: [aConfigMap('x'), aConfigMap('y')] });
    sandbox.faults.add({ verb: 'list', continued: true, status: 410 });

    const first = await ask('GET', `${MAPS}?limit=1`);
    const token = (first.body as { metadata: { continue: string } }).metadata.continue;

    expect(first.status).toBe(200);
    expect(await ask('GET', `${MAPS}?limit=1&continue=${token}`)).toMatchObject({ status: 410, body: { reason: 'Expired' } });
  });

  it('matches subresources and paths', async () => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ resource: 'deployments/scale', status: 403 });
    sandbox.faults.add({ path: '/version', status: 500 });

    expect((await ask('GET', `${DEPLOYMENTS}/web/scale`)).status).toBe(403);
    expect((await ask('GET', '/version')).status).toBe(500);
    expect((await ask('GET', '/readyz')).status).toBe(200);
  });

  it('says when to come back', async () => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ status: 429, retryAfterSeconds: 7 });

    const response = await ask('GET', MAPS);

    expect(response).toMatchObject({ status: 429, body: { details: { retryAfterSeconds: 7 } } });
  });

  it('waits before it goes on', async () => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ delayMs: 40 });
    const start = performance.now();

    await ask('GET', MAPS);

    expect(performance.now() - start).toBeGreaterThanOrEqual(38);
  });

  it('drops the connection before anything is done', async () => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ verb: 'create', drop: 'before' });

    await expect(ask('POST', MAPS, aConfigMap('x'))).rejects.toThrow();

    expect((await ask('GET', `${MAPS}/x`)).status).toBe(404);
    expect(sandbox.requests.log[0]).toMatchObject({ verb: 'create', status: 0 });
  });

  it.each(['after', 'body'] as const)('loses the answer of a write that was carried out (%s)', async (drop) => {
    const { sandbox, ask } = await aSandbox();
    sandbox.faults.add({ verb: 'create', drop });

    await expect(ask('POST', MAPS, aConfigMap('x'))).rejects.toThrow();

    expect((await ask('GET', `${MAPS}/x`)).status).toBe(200);
  });
});
