import { describe, expect, it } from 'vitest';
import { aSandbox, MAPS } from '../sandbox.ts';

const CORE = '/api/v1/namespaces/default';

describe('the sandbox fills in', () => {
  it('a Service: an address of its own, protocols and target ports', async () => {
    const { ask } = await aSandbox();

    const { body } = await ask('POST', `${CORE}/services`, { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } });

    expect(body).toMatchObject({
      spec: {
        type: 'ClusterIP',
        clusterIP: expect.stringMatching(/^10\.96\./),
        ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
        sessionAffinity: 'None',
      },
      status: { loadBalancer: {} },
    });
  });

  it('a Secret: text becomes data', async () => {
    const { ask } = await aSandbox();

    const { body } = await ask('POST', `${CORE}/secrets`, { metadata: { name: 's' }, stringData: { key: 'value' } });

    expect(body).toMatchObject({ type: 'Opaque', data: { key: 'dmFsdWU=' } });
    expect(body).not.toHaveProperty('stringData');
  });

  it('a pod: probes, ports, volumes, requests from limits, and its class', async () => {
    const { ask } = await aSandbox({ controllers: false });
    const container = {
      name: 'main',
      image: 'example.com:5000/main',
      ports: [{ containerPort: 80 }],
      readinessProbe: { httpGet: { port: 80 } },
      resources: { limits: { cpu: 1 } },
      env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    };
    const volumes = [{ name: 'tmp' }, { name: 'config', configMap: { name: 'c' } }];

    const { body } = await ask('POST', `${CORE}/pods`, { metadata: { generateName: 'web-' }, spec: { containers: [container], volumes } });

    expect(body).toMatchObject({
      metadata: { name: expect.stringMatching(/^web-[a-z0-9]{5}$/), generateName: 'web-', generation: 1 },
      spec: {
        containers: [
          {
            imagePullPolicy: 'Always',
            ports: [{ containerPort: 80, protocol: 'TCP' }],
            readinessProbe: { httpGet: { port: 80, path: '/', scheme: 'HTTP' }, periodSeconds: 10, failureThreshold: 3 },
            resources: { limits: { cpu: '1' }, requests: { cpu: '1' } },
            env: [{ valueFrom: { fieldRef: { apiVersion: 'v1' } } }],
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }, { configMap: { defaultMode: 420 } }],
        tolerations: [{ key: 'node.kubernetes.io/not-ready', tolerationSeconds: 300 }, { key: 'node.kubernetes.io/unreachable' }],
      },
      status: { phase: 'Pending', qosClass: 'Burstable' },
    });
  });

  it('a Job: a selector and labels that are its own', async () => {
    const { ask } = await aSandbox({ controllers: false });
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x:1' }] } };

    const { body } = await ask('POST', '/apis/batch/v1/namespaces/default/jobs', { metadata: { name: 'run' }, spec: { template } });

    const { uid } = (body as { metadata: { uid: string } }).metadata;
    expect(body).toMatchObject({
      metadata: { labels: { 'job-name': 'run' } },
      spec: { completions: 1, parallelism: 1, backoffLimit: 6, selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } } },
    });
  });

  it('a namespace: its own name as a label, and what must go before it does', async () => {
    const { ask } = await aSandbox({ controllers: false });

    expect((await ask('POST', '/api/v1/namespaces', { metadata: { name: 'team' } })).body).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'team' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  });
});

describe('data', () => {
  it('has keys that are file names, and fits in 1 MiB', async () => {
    const { ask } = await aSandbox();

    expect(await ask('POST', MAPS, { metadata: { name: 'x' }, data: { 'a/b': '' } })).toMatchObject({ status: 422 });
    expect(await ask('POST', MAPS, { metadata: { name: 'x' }, data: { a: 'x'.repeat(1024 * 1024 + 1) } })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('may not be more than 1048576 bytes') },
    });
  });

  it('stays as it is once it is immutable', async () => {
    const { ask } = await aSandbox();
    await ask('POST', MAPS, { metadata: { name: 'x' }, data: { a: '1' }, immutable: true });

    expect((await ask('PATCH', `${MAPS}/x`, { data: { a: '2' } })).status).toBe(422);
    expect((await ask('PATCH', `${MAPS}/x`, { metadata: { labels: { a: 'b' } } })).status).toBe(200);
  });
});
