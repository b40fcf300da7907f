import { describe, expect, it } from 'vitest';
import { aScaledObject } from '../../../../support/workloads.ts';
import { aSandbox } from '../sandbox.ts';

const LIST = '/apis/keda.sh/v1alpha1/scaledobjects';

describe('a custom resource', () => {
  it('is unknown to the server until the cluster holds one, as before its definition is installed', async () => {
    const { sandbox, ask } = await aSandbox();
    expect((await ask('GET', LIST)).status).toBe(404);
    expect((await ask('GET', '/apis/keda.sh/v1alpha1')).status).toBe(404);

    sandbox.byHand.put(aScaledObject('queue', { name: 'web' }));

    expect(await ask('GET', LIST)).toMatchObject({
      status: 200,
      body: { kind: 'ScaledObjectList', items: [{ metadata: { name: 'queue' } }] },
    });
    expect(await ask('GET', '/apis/keda.sh/v1alpha1')).toMatchObject({ status: 200, body: { resources: [{ name: 'scaledobjects' }, {}] } });
    expect((await ask('GET', '/openapi/v3/apis/keda.sh/v1alpha1')).status).toBe(200);
  });

  it('is patched like any other object', async () => {
    const { sandbox, ask } = await aSandbox({ objects: [aScaledObject('queue', { name: 'web' })] });
    const path = '/apis/keda.sh/v1alpha1/namespaces/dev/scaledobjects/queue';

    await ask('PATCH', path, { metadata: { annotations: { 'autoscaling.keda.sh/paused-replicas': '0' } } });

    expect(sandbox.byHand.get('keda.sh/v1alpha1', 'ScaledObject', 'dev', 'queue')?.metadata?.annotations).toEqual({
      'autoscaling.keda.sh/paused-replicas': '0',
    });
  });
});
