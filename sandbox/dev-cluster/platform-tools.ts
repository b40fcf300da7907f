import type { KubernetesObject } from '@kubernetes/client-node';
import { cronJob, deployment, namespaceOf, serviceFor, statefulSet } from './builders.ts';

const own = { namespace: 'platform-tools', team: 'platform' } as const;

/** On call looks at it at night. */
const grafana = deployment({
  ...own,
  name: 'grafana',
  image: 'grafana/grafana:12.3.0',
  replicas: 1,
  port: 3000,
  requests: '100m/256Mi',
  annotations: { 'downscaler/exclude': 'true' },
});

/** Longer hours of its own, weekends included. */
const runners = deployment({
  ...own,
  name: 'github-runners',
  image: 'registry.example.com/platform/actions-runner:2.330.0',
  replicas: 4,
  requests: '1/2Gi',
  annotations: { 'downscaler/uptime': 'Mon-Fri 06:00-22:00 Europe/Berlin,Sat-Sun 09:00-18:00 Europe/Berlin' },
});

/** No schedule in any scope: nobody asked for it to sleep. */
const docs = deployment({
  ...own,
  name: 'docs',
  image: 'registry.example.com/platform/docs:2026.11',
  replicas: 1,
  port: 8080,
  requests: '25m/32Mi',
});

/** Another way to say it: when to sleep instead of when to be awake. */
const sonarqube = statefulSet({
  ...own,
  name: 'sonarqube',
  image: 'sonarqube:26.1-community',
  replicas: 1,
  port: 9000,
  requests: '500m/3Gi',
  annotations: { 'downscaler/downtime': 'Mon-Fri 20:00-06:00 Europe/Berlin,Sat-Sun 00:00-24:00 Europe/Berlin' },
});

/** Tools without a schedule for the namespace: each speaks for itself. */
export const platformTools: readonly KubernetesObject[] = [
  namespaceOf('platform-tools', 'platform'),
  ...[grafana, docs, sonarqube].flatMap((workload) => [workload, serviceFor(workload)]),
  runners,
  cronJob({
    ...own,
    name: 'certificate-check',
    image: 'registry.example.com/platform/certificate-check:1.2.0',
    schedule: '0 8 * * *',
    requests: '25m/32Mi',
  }),
];
