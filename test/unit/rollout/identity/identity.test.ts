import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../lib/kubernetes/fields.ts';
import { endpointsOf } from '../../../../lib/rollout/identity/endpoints.ts';
import { containersFor } from '../../../../lib/rollout/identity/expected-image.ts';
import { parseImageId } from '../../../../lib/rollout/identity/image-id.ts';
import { judgeEndpoints } from '../../../../lib/rollout/identity/judge-endpoints.ts';
import { judgePods } from '../../../../lib/rollout/identity/judge-pods.ts';
import { pod as objectOf, type PodWish } from '../verdict/objects.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const PLATFORM = `sha256:${'b'.repeat(64)}`;

const pod = (wish: PodWish = {}): Fields => ({ ...objectOf(wish) });

describe('an imageID', () => {
  it.each([
    [`example.org/web@${DIGEST}`, { digest: DIGEST, repository: 'example.org/web' }],
    [`docker-pullable://example.org/web@${DIGEST}`, { digest: DIGEST, repository: 'example.org/web' }],
    [`registry.example.org:5000/web:2@${DIGEST}`, { digest: DIGEST, repository: 'registry.example.org:5000/web' }],
    [DIGEST, { digest: DIGEST }],
    [`docker://${DIGEST}`, { digest: DIGEST }],
    ['', undefined],
    ['example.org/web:2', undefined],
    ['sha256:abc', undefined],
    [`example.org/web@${DIGEST} `, undefined],
  ])('%s', (text, parsed) => {
    expect(parseImageId(text)).toEqual(parsed);
  });
});

describe('the containers that have to run an image', () => {
  const two = {
    spec: {
      containers: [
        { name: 'web', image: 'example.org/shop/web:2' },
        { name: 'proxy', image: `example.org/proxy@${DIGEST}` },
      ],
    },
  };
  const one = { spec: { containers: two.spec.containers.slice(0, 1) } };

  it.each([
    [{}, one, ['web']],
    [{}, two, []],
    [{ container: 'proxy' }, two, ['proxy']],
    [{ container: 'none' }, two, []],
    [{ repository: 'example.org/shop/web' }, two, ['web']],
    [{ repository: 'example.org/proxy' }, two, ['proxy']],
    [{ repository: 'example.org/other' }, one, []],
  ])('%j: %#', (wish, object, names) => {
    expect(containersFor({ digests: [DIGEST], ...wish }, object)).toEqual(names);
  });
});

describe('pods', () => {
  const running = (name: string, imageID: string) => pod({ name, main: { ready: true, imageID, state: { running: {} } } });

  it('may run the digest of the index or that of their platform', () => {
    const pods = [running('web-1', `example.org/web@${DIGEST}`), running('web-2', `example.org/web@${PLATFORM}`)];

    expect(judgePods(pods, [{ digests: [DIGEST, PLATFORM] }]).problems).toEqual([]);
    expect(judgePods(pods, [{ digests: [DIGEST] }]).problems).toMatchObject([{ resource: 'Pod/web-2', reason: 'OtherImage' }]);
  });

  it('that are on their way out or have ended prove nothing', () => {
    const leaving = pod({ name: 'web-1', metadata: { deletionTimestamp: '2026-11-20T12:00:00Z' } });

    expect(judgePods([leaving, pod({ name: 'web-2', phase: 'Failed' })], [{ digests: [DIGEST] }]).problems).toMatchObject([
      { reason: 'NoPods' },
    ]);
  });

  it('of several containers want to know which one is meant', () => {
    const both = pod({ spec: { containers: [{ name: 'web' }, { name: 'proxy' }] } });

    expect(judgePods([both], [{ digests: [DIGEST] }]).problems).toMatchObject([
      { reason: 'NoContainer', message: expect.stringContaining('it has web, proxy') },
    ]);
    expect(judgePods([both], [{ digests: [DIGEST], container: 'api' }]).problems[0]?.message).toContain('named api');
  });

  it('are not asked for an image that nobody expects', () => {
    expect(judgePods([pod()], [])).toEqual({ images: [], problems: [] });
  });
});

describe('endpoints', () => {
  const slice = (endpoint: object) => ({
    metadata: { labels: { 'kubernetes.io/service-name': 'web' } },
    endpoints: [{ addresses: ['10.0.0.1'], ...endpoint }],
  });
  const ofPod = (name: string, conditions?: object) => slice({ targetRef: { kind: 'Pod', name }, ...(conditions && { conditions }) });
  const judge = (...slices: readonly object[]) => judgeEndpoints(['web'], endpointsOf(slices), new Set(['new']));

  it.each([
    ['a new pod', [ofPod('new', { ready: true })], []],
    ['a new pod of which nothing is said', [ofPod('new')], []],
    ['an old pod beside it', [ofPod('new'), ofPod('old', { ready: true })], ['OldPodAnswers']],
    ['an old pod that drains', [ofPod('new'), ofPod('old', { ready: false, serving: true, terminating: true })], ['Draining']],
    ['an old pod that does not answer any more', [ofPod('new'), ofPod('old', { ready: false, serving: false, terminating: true })], []],
    ['an old pod that was never ready', [ofPod('new'), ofPod('old', { ready: false })], []],
    ['an address of no pod', [ofPod('new'), slice({ conditions: { ready: true } })], ['OtherEndpoint']],
    ['a new pod that is not ready', [ofPod('new', { ready: false, serving: false })], ['NoEndpoint']],
    ['nobody', [], ['NoEndpoint']],
  ])('of %s', (_, slices, reasons) => {
    expect(judge(...slices).pending.map(({ reason }) => reason)).toEqual(reasons);
  });

  it('name the old pod and the Service', () => {
    expect(judge(ofPod('new'), ofPod('old')).pending[0]).toEqual({
      resource: 'Pod/old',
      reason: 'OldPodAnswers',
      message: 'behind Service/web the old pod old answers still, and is not on its way out',
    });
  });
});
