import type { KubernetesObject } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { answerTo, deployRecorded, jobEnded, onlyVersion, podsRun, reportKept } from '../../../../sandbox/story/release-evidence.ts';

const digest = `sha256:${'a'.repeat(64)}`;

function aPod(name: string, imageID: string, leaving = false): KubernetesObject {
  const metadata = { name, labels: { 'app.kubernetes.io/name': 'storefront' }, ...(leaving && { deletionTimestamp: new Date(0) }) };
  return { kind: 'Pod', metadata, status: { containerStatuses: [{ imageID }] } } as KubernetesObject;
}

describe('what the pipeline was told', () => {
  it('is read from either kind of answer', () => {
    const succeeded = {
      id: '1',
      status: 'succeeded',
      answer: { executionDetails: { summary: 'fine', externalExecutionId: 'r' } },
    } as const;
    const failed = { id: '1', status: 'failed', answer: { failureDetails: { message: 'broken', externalExecutionId: 'r' } } } as const;

    expect(answerTo(succeeded)).toEqual({ status: 'succeeded', message: 'fine', runId: 'r' });
    expect(answerTo(failed)).toEqual({ status: 'failed', message: 'broken', runId: 'r' });
    expect(answerTo(undefined)).toEqual({ status: 'in-progress', message: 'nothing', runId: 'none' });
  });

  it('is held to its status and to the words that it needs', () => {
    const answer = { status: 'failed', message: 'CrashLoopBackOff', runId: 'r' } as const;

    expect(jobEnded(answer, 'failed', 'CrashLoopBackOff').against).toEqual([]);
    expect(jobEnded(answer, 'succeeded').against).toEqual(['the job is failed: CrashLoopBackOff']);
    expect(jobEnded(answer, 'failed', 'code 1').against).toEqual(['the pipeline was not told of "code 1", but: CrashLoopBackOff']);
  });
});

describe('whether all pods run a digest', () => {
  it('counts those that stay', () => {
    const pods = [aPod('a', `x@${digest}`), aPod('b', `x@${digest}`), aPod('old', 'x@sha256:0', true)];

    expect(podsRun(pods, 'storefront', digest)).toEqual({ count: 2, against: [] });
    expect(podsRun(pods, 'another', digest)).toEqual({ count: 0, against: [] });
  });

  it('names one that runs something else', () => {
    expect(podsRun([aPod('a', 'x@sha256:0')], 'storefront', digest).against).toEqual(['a runs x@sha256:0']);
  });
});

describe('whether a deploy is recorded', () => {
  const wanted = { version: '2', digest, verdict: 'ok', runId: 'r2' };
  const item = (sk: string, fields: Readonly<Record<string, string>>) => ({
    sk: { S: sk },
    ...Object.fromEntries(Object.entries(fields).map(([name, S]) => [name, { S }])),
  });

  it('looks at the newest', () => {
    const items = [item('deploy#dev#1', { ...wanted, runId: 'r1' }), item('deploy#dev#2', wanted), item('release#2', {})];

    expect(deployRecorded(items, wanted)).toEqual({ count: 1, against: [] });
    expect(deployRecorded(items.slice(0, 1), wanted).against).toEqual(['the newest deploy has r1 as its runId, not r2']);
  });

  it('proves nothing where there is none', () => {
    expect(deployRecorded([], wanted).count).toBe(0);
  });
});

describe('whether a page is kept', () => {
  it('looks for every check', () => {
    expect(reportKept('<td>health</td>', ['health'])).toEqual({ count: 1, against: [] });
    expect(reportKept('<td>health</td>', ['health', 'version']).against).toEqual(['the page does not show the check version']);
    expect(reportKept(undefined, ['health'])).toEqual({ count: 0, against: ['there is no page'] });
  });
});

describe('whether only one version answered', () => {
  it('tells of any other, once', () => {
    expect(onlyVersion(['2', '1', '1'], '2')).toEqual({ count: 3, against: ['it answered 1'] });
    expect(onlyVersion([], '2').count).toBe(0);
  });
});
