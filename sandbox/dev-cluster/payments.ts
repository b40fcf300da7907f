import type { KubernetesObject } from '@kubernetes/client-node';
import { cronJob, deployment, namespaceOf, serviceFor } from './builders.ts';

const own = { namespace: 'payments', team: 'payments' } as const;
const images = 'registry.example.com/payments';

const api = deployment({ ...own, name: 'payments-api', image: `${images}/api:7.4.0`, replicas: 3, port: 8443, requests: '250m/512Mi' });
const ledger = deployment({ ...own, name: 'ledger', image: `${images}/ledger:2.0.5`, replicas: 2, port: 8080, requests: '200m/768Mi' });

/** A model trains through the nights of this sprint. */
const fraudScoring = deployment({
  ...own,
  name: 'fraud-scoring',
  image: `${images}/fraud-scoring:0.31.0`,
  replicas: 2,
  port: 8080,
  requests: '1/4Gi',
  annotations: { 'downscaler/force-uptime': 'true' },
});

/** Payment providers call back at any hour: one copy stays. */
const providerMock = deployment({
  ...own,
  name: 'provider-mock',
  image: `${images}/provider-mock:1.3.0`,
  replicas: 2,
  port: 8080,
  requests: '50m/64Mi',
  annotations: { 'downscaler/downtime-replicas': '1' },
});

/** A person wrote one digit where the grammar wants two: it stays awake, and the report says why. */
const webhookRelay = deployment({
  ...own,
  name: 'webhook-relay',
  image: `${images}/webhook-relay:1.0.12`,
  replicas: 2,
  port: 8080,
  requests: '50m/64Mi',
  annotations: { 'downscaler/uptime': 'Mon-Fri 7:00-19:00 Europe/Berlin' },
});

/** Longer hours than the shop's, and most kinds of exception. */
export const payments: readonly KubernetesObject[] = [
  namespaceOf('payments', 'payments', { 'downscaler/uptime': 'Mon-Fri 06:30-20:30 Europe/Berlin' }),
  ...[api, ledger, fraudScoring, providerMock, webhookRelay].flatMap((workload) => [workload, serviceFor(workload)]),
  // Suspended by a person while a bug is looked into: never to be un-suspended by a machine.
  cronJob({
    ...own,
    name: 'reconciliation',
    image: `${images}/ledger:2.0.5`,
    schedule: '0 * * * *',
    suspend: true,
    args: ['reconcile'],
    requests: '200m/512Mi',
  }),
  cronJob({ ...own, name: 'payout-report', image: `${images}/reports:1.8.0`, schedule: '0 5 * * 1-5', requests: '100m/256Mi' }),
];
