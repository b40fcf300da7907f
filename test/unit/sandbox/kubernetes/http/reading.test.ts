import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openWatch, type Watch } from '../../../../support/watch-stream.ts';
import { aConfigMap, aSandbox, type Caller, MAPS } from '../sandbox.ts';

function watching({ sandbox }: Caller, query: string): Watch {
  const watch = openWatch({ url: sandbox.url, caPem: sandbox.caPem, token: sandbox.adminToken }, `${MAPS}?watch=1&${query}`);
  onTestFinished(() => watch.close());
  return watch;
}

const brief = (watch: Watch): unknown[] =>
  watch.events.map(({ type, object }) => [type, (object as { metadata?: { name?: string } }).metadata?.name]);

describe('a watch', () => {
  it('begins with what is there, closed by a bookmark when it is asked to say so', async () => {
    const caller = await aSandbox({ objects: [aConfigMap('a')] });

    const watch = watching(caller, 'sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan');

    await vi.waitFor(() =>
      expect(brief(watch)).toEqual([
        ['ADDED', 'a'],
        ['BOOKMARK', undefined],
      ]),
    );
    expect(watch.events[1]?.object).toMatchObject({ metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } });
  });

  it('sees an object come into its selector and leave it', async () => {
    const caller = await aSandbox({ objects: [aConfigMap('a'), aConfigMap('b')] });
    const watch = watching(caller, 'labelSelector=on');
    await vi.waitFor(() => expect(caller.sandbox.requests.total).toBe(1));

    await caller.ask('PATCH', `${MAPS}/a`, { metadata: { labels: { on: '' } } });
    await caller.ask('PATCH', `${MAPS}/b`, { data: { x: 'y' } });
    await caller.ask('PATCH', `${MAPS}/a`, { metadata: { labels: { on: null } } });

    await vi.waitFor(() =>
      expect(brief(watch)).toEqual([
        ['ADDED', 'a'],
        ['DELETED', 'a'],
      ]),
    );
  });

  it('goes on from a version, in another shape if asked, and ends by its timeout with a bookmark', async () => {
    const caller = await aSandbox({ objects: [aConfigMap('a')] });
    const { resourceVersion } = ((await caller.ask('GET', MAPS)).body as { metadata: { resourceVersion: string } }).metadata;
    await caller.ask('PATCH', `${MAPS}/a`, { data: { x: 'y' } });
    await caller.ask('DELETE', `${MAPS}/a`);

    const watch = watching(caller, `resourceVersion=${resourceVersion}&allowWatchBookmarks=1&timeoutSeconds=1`);
    await watch.ended;

    expect(brief(watch)).toEqual([
      ['MODIFIED', 'a'],
      ['DELETED', 'a'],
      ['BOOKMARK', undefined],
    ]);
  });

  it('from a version that is gone is told so', async () => {
    const caller = await aSandbox({ objects: [aConfigMap('a')] });
    caller.sandbox.compact();

    const watch = watching(caller, 'resourceVersion=2');
    await watch.ended;

    expect(watch.events).toMatchObject([
      { type: 'ERROR', object: { code: 410, reason: 'Expired', message: expect.stringContaining('too old resource version: 2') } },
    ]);
  });
});

describe('a list', () => {
  it('can be of exactly a version, and not of the future', async () => {
    const { ask } = await aSandbox({ objects: [aConfigMap('a')] });
    const { resourceVersion } = ((await ask('GET', MAPS)).body as { metadata: { resourceVersion: string } }).metadata;
    await ask('DELETE', `${MAPS}/a`);
    const count = async (query: string) => ((await ask('GET', `${MAPS}?${query}`)).body as { items: unknown[] }).items.length;

    expect(await count(`resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`)).toBe(1);
    expect(await count(`resourceVersion=${resourceVersion}`)).toBe(0);
    expect(await ask('GET', `${MAPS}?resourceVersion=99999`)).toMatchObject({ status: 504, body: { reason: 'Timeout' } });
  });

  it.each([
    'resourceVersion=x',
    'resourceVersionMatch=Exact',
    'limit=many',
    'continue=nonsense',
    'labelSelector=a%20b',
    'fieldSelector=data.a%3Db',
    'fieldSelector=name',
  ])('refuses %s', async (query) => {
    const { ask } = await aSandbox();

    expect(await ask('GET', `${MAPS}?${query}`)).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
  });
});

describe('what describes the server', () => {
  it('tells kubectl to leave validation to it', async () => {
    const { ask } = await aSandbox();

    const index = (await ask('GET', '/openapi/v3')).body as { paths: Record<string, { serverRelativeURL: string }> };
    const apps = await ask('GET', index.paths['apis/apps/v1']?.serverRelativeURL ?? '');

    const path = '/apis/apps/v1/namespaces/{namespace}/deployments/{name}';
    const document = apps.body as { paths: Record<string, { patch: { parameters: { name: string }[] } }> };
    expect(document.paths[path]?.patch.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(['fieldValidation', 'dryRun']));
    expect((await ask('GET', '/openapi/v2')).body).toMatchObject({ swagger: '2.0' });
  });

  it('names each group and its version', async () => {
    const { ask } = await aSandbox();

    expect((await ask('GET', '/apis/autoscaling')).body).toMatchObject({
      kind: 'APIGroup',
      preferredVersion: { groupVersion: 'autoscaling/v2' },
    });
    expect((await ask('GET', '/apis/autoscaling/v1')).status).toBe(404);
    expect((await ask('GET', '/livez')).body).toBe('ok');
  });
});
