import type { KubernetesObject, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { cronJob, deployment, namespaceOf, serviceFor, statefulSet } from './builders.ts';

const own = { namespace: 'shop', team: 'storefront' } as const;
const images = 'registry.example.com/shop';

const storefront = deployment({
  ...own,
  name: 'storefront',
  image: `${images}/storefront:4.18.2`,
  replicas: 3,
  port: 8080,
  requests: '250m/384Mi',
});
const catalog = deployment({ ...own, name: 'catalog', image: `${images}/catalog:2.7.0`, replicas: 2, port: 8080, requests: '200m/512Mi' });
const cart = deployment({ ...own, name: 'cart', image: `${images}/cart:3.2.1`, replicas: 2, port: 8080, requests: '100m/256Mi' });
const search = deployment({ ...own, name: 'search', image: `${images}/search:1.9.4`, replicas: 2, port: 9200, requests: '500m/1Gi' });

/** Shown to a customer abroad for a while: awake until its date, however late it gets there. */
const checkoutDemo = deployment({
  ...own,
  name: 'checkout-demo',
  image: `${images}/checkout:5.0.0-rc.3`,
  replicas: 2,
  port: 8080,
  requests: '150m/256Mi',
  annotations: { 'downscaler/exclude-until': '2031-01-01T00:00:00Z' },
});

const sessions = statefulSet({ ...own, name: 'sessions', image: 'redis:8.2.1-alpine', replicas: 1, port: 6379, requests: '50m/128Mi' });

const storefrontScaling: V2HorizontalPodAutoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { namespace: 'shop', name: 'storefront', labels: { team: 'storefront' } },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'storefront' },
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  },
};

/** The web shop: office hours for the whole namespace, with one exception. */
export const shop: readonly KubernetesObject[] = [
  namespaceOf('shop', 'storefront', { 'downscaler/uptime': 'Mon-Fri 07:00-19:00 Europe/Berlin' }),
  ...[storefront, catalog, cart, search, checkoutDemo, sessions].flatMap((workload) => [workload, serviceFor(workload)]),
  storefrontScaling,
  cronJob({ ...own, name: 'sitemap', image: `${images}/sitemap:1.1.0`, schedule: '15 4 * * *', requests: '100m/128Mi' }),
  cronJob({
    ...own,
    name: 'abandoned-carts',
    image: `${images}/cart:3.2.1`,
    schedule: '*/30 * * * *',
    args: ['remind', '--older-than=2h'],
    requests: '100m/256Mi',
  }),
];
