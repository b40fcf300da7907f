import { describe, expect, it } from 'vitest';
import { aCronJob, aDeployment, aSandbox, aStatefulSet, DEPLOYMENTS } from './sandbox.ts';

const CRON_JOBS = '/apis/batch/v1/namespaces/default/cronjobs';
const STATEFUL_SETS = '/apis/apps/v1/namespaces/default/statefulsets';
const HPAS = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers';

const autoscaler = (spec: object) => ({
  metadata: { name: 'h' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3, ...spec },
});

describe('the sandbox refuses', () => {
  it.each([
    [
      'replicas below 0',
      DEPLOYMENTS,
      aDeployment('x', { replicas: -1 }),
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'a template that its selector does not match',
      DEPLOYMENTS,
      aDeployment('x', { selector: { matchLabels: { app: 'y' } } }),
      '`selector` does not match template `labels`',
    ],
    ['a selector that is empty', DEPLOYMENTS, aDeployment('x', { selector: {} }), 'empty selector is invalid for deployment'],
    [
      'no containers',
      DEPLOYMENTS,
      aDeployment('x', { template: { metadata: { labels: { app: 'x' } } } }),
      'spec.template.spec.containers: Required value',
    ],
    [
      'Recreate with rollingUpdate',
      DEPLOYMENTS,
      aDeployment('x', { strategy: { type: 'Recreate', rollingUpdate: {} } }),
      'spec.strategy.rollingUpdate: Forbidden',
    ],
    [
      'a schedule that is none',
      CRON_JOBS,
      { ...aCronJob('x'), spec: { ...aCronJob('x').spec, schedule: 'daily' } },
      'spec.schedule: Invalid value: "daily": expected exactly 5 fields',
    ],
    [
      'a time zone that is none',
      CRON_JOBS,
      { ...aCronJob('x'), spec: { ...aCronJob('x').spec, timeZone: 'Mars/X' } },
      'spec.timeZone: Invalid value: "Mars/X": unknown time zone Mars/X',
    ],
    [
      'an autoscaler upside down',
      HPAS,
      autoscaler({ minReplicas: 9 }),
      'spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`',
    ],
  ])('%s', async (_name, path, body, why) => {
    const { ask } = await aSandbox();

    expect(await ask('POST', path, body)).toMatchObject({
      status: 422,
      body: { reason: 'Invalid', message: expect.stringContaining(why) },
    });
  });

  it.each([
    ['replicas as text', { spec: { replicas: '2' } }],
    ['replicas and a half', { spec: { replicas: 1.5 } }],
    ['an annotation that is no text', { metadata: { annotations: { a: 1 } } }],
    ['a spec that is no object', { spec: 'x' }],
  ])('%s, in a create and in a patch', async (_name, part) => {
    const { ask } = await aSandbox({ objects: [aDeployment('web')], controllers: false });
    const whole = aDeployment('api');
    const body = {
      ...whole,
      metadata: { ...whole.metadata, ...('metadata' in part ? part.metadata : {}) },
      ...('spec' in part ? { spec: part.spec } : {}),
    };

    expect(await ask('POST', DEPLOYMENTS, body)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('json: cannot unmarshal') },
    });
    expect(await ask('PATCH', `${DEPLOYMENTS}/web`, part)).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
  });

  it('what may not change in a StatefulSet', async () => {
    const { ask } = await aSandbox({ objects: [aStatefulSet('db')], controllers: false });

    const answer = await ask('PATCH', `${STATEFUL_SETS}/db`, { spec: { serviceName: 'other' } });

    expect(answer).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining("updates to statefulset spec for fields other than 'replicas', 'ordinals'") },
    });
    expect((await ask('PATCH', `${STATEFUL_SETS}/db`, { spec: { replicas: 0 } })).status).toBe(200);
  });

  it('all that is wrong at once, each with its field', async () => {
    const { ask } = await aSandbox();

    const { body } = await ask('POST', DEPLOYMENTS, aDeployment('Bad', { replicas: -1 }));

    expect((body as { details: { causes: { field: string }[] } }).details.causes.map(({ field }) => field)).toEqual([
      'metadata.name',
      'spec.replicas',
    ]);
  });
});

describe('the sandbox fills in', () => {
  it('what the API server defaults in a Deployment and a CronJob', async () => {
    const { ask } = await aSandbox({ objects: [aDeployment('web'), aCronJob('report')], controllers: false });

    expect((await ask('GET', `${DEPLOYMENTS}/web`)).body).toMatchObject({
      metadata: { generation: 1, uid: expect.any(String), creationTimestamp: expect.stringMatching(/Z$/) },
      spec: {
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: { spec: { restartPolicy: 'Always', containers: [{ imagePullPolicy: 'IfNotPresent' }] } },
      },
    });
    expect((await ask('GET', `${CRON_JOBS}/report`)).body).toMatchObject({
      spec: { suspend: false, concurrencyPolicy: 'Allow', successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
      status: {},
    });
  });
});
