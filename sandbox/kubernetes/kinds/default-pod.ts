import type { ApiObject } from '../api-object.ts';
import { isJsonObject, type JsonObject, textAt } from '../json.ts';
import { child, fill, items } from './fill.ts';

/** The defaults of `pkg/apis/core/v1/defaults.go` for a pod template's spec, as far as they show in the API. */
export function defaultPodSpec(spec: JsonObject): void {
  fill(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
  });
  if (spec.serviceAccountName) fill(spec, { serviceAccount: spec.serviceAccountName });
  for (const container of [...items(spec, 'initContainers'), ...items(spec, 'containers')]) defaultContainer(container);
  for (const volume of items(spec, 'volumes')) defaultVolume(volume);
}

function defaultContainer(container: JsonObject): void {
  fill(container, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(textAt(container, 'image') ?? ''),
  });
  for (const port of items(container, 'ports')) fill(port, { protocol: 'TCP' });
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!isJsonObject(probe)) continue;
    fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
    const httpGet = probe.httpGet;
    if (isJsonObject(httpGet)) fill(httpGet, { path: '/', scheme: 'HTTP' });
  }
  for (const variable of items(container, 'env')) {
    const fieldRef = isJsonObject(variable.valueFrom) ? variable.valueFrom.fieldRef : undefined;
    if (isJsonObject(fieldRef)) fill(fieldRef, { apiVersion: 'v1' });
  }
  const resources = child(container, 'resources');
  for (const name of ['limits', 'requests']) {
    // Quantities are text: `cpu: 1` in a manifest is read as "1".
    const amounts = resources[name];
    if (!isJsonObject(amounts)) continue;
    for (const [key, value] of Object.entries(amounts)) if (typeof value === 'number') amounts[key] = String(value);
  }
  const limits = resources.limits;
  if (isJsonObject(limits)) {
    const requests = child(resources, 'requests');
    for (const [name, value] of Object.entries(limits)) if (value !== undefined) fill(requests, { [name]: value });
  }
}

/** Only `latest`, said or implied, is pulled always. */
function pullPolicy(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultVolume(volume: JsonObject): void {
  for (const [source, mode] of [
    ['configMap', 420],
    ['secret', 420],
    ['projected', 420],
    ['downwardAPI', 420],
  ] as const) {
    const value = volume[source];
    if (isJsonObject(value)) fill(value, { defaultMode: mode });
  }
  if (Object.keys(volume).length === 1 && volume.name !== undefined) volume.emptyDir = {};
}

export function defaultPod(pod: ApiObject): void {
  const spec = child(pod, 'spec');
  fill(spec, { enableServiceLinks: true, preemptionPolicy: 'PreemptLowerPriority', priority: 0 });
  defaultPodSpec(spec);
  fill(spec, { tolerations: NOT_READY_TOLERATIONS.map((toleration) => ({ ...toleration })) });
}

/** Added by the DefaultTolerationSeconds admission plugin. */
const NOT_READY_TOLERATIONS = ['not-ready', 'unreachable'].map((taint) => ({
  key: `node.kubernetes.io/${taint}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));
