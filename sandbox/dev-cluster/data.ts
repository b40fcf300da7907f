import type { KubernetesObject, V1PodDisruptionBudget, V1StatefulSet } from '@kubernetes/client-node';
import { cronJob, deployment, namespaceOf, serviceFor, statefulSet } from './builders.ts';

const own = { namespace: 'data', team: 'data-platform' } as const;
const images = 'registry.example.com/data';

const postgres = statefulSet({ ...own, name: 'postgres', image: 'postgres:18.1', replicas: 2, port: 5432, requests: '500m/1Gi' });
const kafka = statefulSet({ ...own, name: 'kafka', image: 'apache/kafka:4.1.0', replicas: 3, port: 9092, requests: '500m/2Gi' });
const airflow = deployment({ ...own, name: 'airflow-scheduler', image: 'apache/airflow:3.1.2', replicas: 1, requests: '500m/1536Mi' });

const kafkaBudget: V1PodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { namespace: 'data', name: 'kafka', labels: { team: 'data-platform' } },
  spec: { maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': 'kafka' } } },
};

/** The RabbitMQ operator would scale it back within seconds: what a controller owns is left to it. */
function ownedByOperator(set: V1StatefulSet): V1StatefulSet {
  const owner = {
    apiVersion: 'rabbitmq.com/v1beta1',
    kind: 'RabbitmqCluster',
    name: 'events',
    uid: '6d1f0f5e-3c1b-4d8e-9a55-0d2f6a7c4b10',
    controller: true,
    blockOwnerDeletion: true,
  };
  return { ...set, metadata: { ...set.metadata, ownerReferences: [owner] } };
}

const events = ownedByOperator(
  statefulSet({ ...own, name: 'events-server', image: 'rabbitmq:4.2.0-management', replicas: 3, port: 5672, requests: '250m/1Gi' }),
);

/** Put to sleep by py-kube-downscaler before Nightshift came: its record is what the morning restores. */
const legacyImport = deployment({
  ...own,
  name: 'legacy-import',
  image: `${images}/legacy-import:0.9.7`,
  replicas: 0,
  port: 8080,
  requests: '100m/256Mi',
  annotations: { 'downscaler/original-replicas': '2' },
});

/** Stores and pipelines, on the hours of those who use them. */
export const data: readonly KubernetesObject[] = [
  namespaceOf('data', 'data-platform', { 'downscaler/uptime': 'Mon-Fri 06:00-20:30 Europe/Berlin' }),
  ...[postgres, kafka, events, legacyImport].flatMap((workload) => [workload, serviceFor(workload)]),
  airflow,
  kafkaBudget,
  cronJob({ ...own, name: 'compaction', image: `${images}/compaction:1.4.1`, schedule: '30 1 * * *', requests: '500m/1Gi' }),
];
