/**
 * The type of a field. `number` and `bool` are kept when they are 0 or false (optional in Go, a pointer), `count` and `switch` are not (plain
 * values, `omitempty` in JSON).
 * `int-or-string` and `quantity` are Kubernetes' own: messages in protobuf, plain values in JSON.
 */
export type FieldType =
  | 'string'
  | 'bytes'
  | 'bool'
  | 'switch'
  | 'number'
  | 'count'
  | 'int-or-string'
  | 'quantity'
  | { readonly message: () => Message }
  | { readonly map: 'string' | 'bytes' | 'quantity' };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly repeated?: boolean;
}

/** Fields by their number in the published `generated.proto` files of Kubernetes. */
export type Message = Readonly<Record<number, Field>>;

const text = (name: string): Field => ({ name, type: 'string' });
const texts = (name: string): Field => ({ name, type: 'string', repeated: true });
const number = (name: string): Field => ({ name, type: 'number' });
const flag = (name: string): Field => ({ name, type: 'bool' });
const one = (name: string, message: () => Message): Field => ({ name, type: { message } });
const many = (name: string, message: () => Message): Field => ({ name, type: { message }, repeated: true });
const map = (name: string, type: 'string' | 'bytes' | 'quantity' = 'string'): Field => ({ name, type: { map: type } });

const ownerReference: Message = {
  1: text('kind'),
  3: text('name'),
  4: text('uid'),
  5: text('apiVersion'),
  6: flag('controller'),
  7: flag('blockOwnerDeletion'),
};
const meta: Message = {
  1: text('name'),
  2: text('generateName'),
  3: text('namespace'),
  5: text('uid'),
  6: text('resourceVersion'),
  11: map('labels'),
  12: map('annotations'),
  13: many('ownerReferences', () => ownerReference),
  14: texts('finalizers'),
};
const metadata = one('metadata', () => meta);

const requirement: Message = { 1: text('key'), 2: text('operator'), 3: texts('values') };
const labelSelector: Message = { 1: map('matchLabels'), 2: many('matchExpressions', () => requirement) };
const selector = (name: string): Field => one(name, () => labelSelector);

const port: Message = { 1: text('name'), 2: { name: 'hostPort', type: 'count' }, 3: number('containerPort'), 4: text('protocol') };
const variable: Message = { 1: text('name'), 2: text('value') };
const resources: Message = { 1: map('limits', 'quantity'), 2: map('requests', 'quantity') };
const volumeMount: Message = { 1: text('name'), 2: { name: 'readOnly', type: 'switch' }, 3: text('mountPath'), 4: text('subPath') };
const container: Message = {
  1: text('name'),
  2: text('image'),
  3: texts('command'),
  4: texts('args'),
  5: text('workingDir'),
  6: many('ports', () => port),
  7: many('env', () => variable),
  8: one('resources', () => resources),
  9: many('volumeMounts', () => volumeMount),
  13: text('terminationMessagePath'),
  14: text('imagePullPolicy'),
  20: text('terminationMessagePolicy'),
};
const podSecurityContext: Message = {};
const podSpec: Message = {
  2: many('containers', () => container),
  3: text('restartPolicy'),
  4: number('terminationGracePeriodSeconds'),
  6: text('dnsPolicy'),
  8: text('serviceAccountName'),
  9: text('serviceAccount'),
  10: text('nodeName'),
  14: one('securityContext', () => podSecurityContext),
  19: text('schedulerName'),
};
const podTemplate: Message = { 1: metadata, 2: one('spec', () => podSpec) };
const template = (name: string): Field => one(name, () => podTemplate);

const rollingUpdate: Message = { 1: { name: 'maxUnavailable', type: 'int-or-string' }, 2: { name: 'maxSurge', type: 'int-or-string' } };
const strategy: Message = { 1: text('type'), 2: one('rollingUpdate', () => rollingUpdate) };
const deploymentSpec: Message = {
  1: number('replicas'),
  2: selector('selector'),
  3: template('template'),
  4: one('strategy', () => strategy),
  5: { name: 'minReadySeconds', type: 'count' },
  6: number('revisionHistoryLimit'),
  7: { name: 'paused', type: 'switch' },
  9: number('progressDeadlineSeconds'),
};
const jobSpec: Message = {
  1: number('parallelism'),
  2: number('completions'),
  3: number('activeDeadlineSeconds'),
  4: selector('selector'),
  5: flag('manualSelector'),
  6: template('template'),
  7: number('backoffLimit'),
  8: number('ttlSecondsAfterFinished'),
  9: text('completionMode'),
  10: flag('suspend'),
  14: text('podReplacementPolicy'),
};
const jobTemplate: Message = { 1: metadata, 2: one('spec', () => jobSpec) };
const cronJobSpec: Message = {
  1: text('schedule'),
  2: number('startingDeadlineSeconds'),
  3: text('concurrencyPolicy'),
  4: flag('suspend'),
  5: one('jobTemplate', () => jobTemplate),
  6: number('successfulJobsHistoryLimit'),
  7: number('failedJobsHistoryLimit'),
  8: text('timeZone'),
};

const scaleTarget: Message = { 1: text('kind'), 2: text('name'), 3: text('apiVersion') };
const metricTarget: Message = {
  1: text('type'),
  2: { name: 'value', type: 'quantity' },
  3: { name: 'averageValue', type: 'quantity' },
  4: number('averageUtilization'),
};
const resourceMetric: Message = { 1: text('name'), 2: one('target', () => metricTarget) };
const metric: Message = { 1: text('type'), 4: one('resource', () => resourceMetric) };
const autoscalerSpec: Message = {
  1: one('scaleTargetRef', () => scaleTarget),
  2: number('minReplicas'),
  3: number('maxReplicas'),
  4: many('metrics', () => metric),
};

const policyRule: Message = {
  1: texts('verbs'),
  2: texts('apiGroups'),
  3: texts('resources'),
  4: texts('resourceNames'),
  5: texts('nonResourceURLs'),
};
const subject: Message = { 1: text('kind'), 2: text('apiGroup'), 3: text('name'), 4: text('namespace') };
const roleRef: Message = { 1: text('apiGroup'), 2: text('kind'), 3: text('name') };
const role: Message = { 1: metadata, 2: many('rules', () => policyRule) };
const binding: Message = { 1: metadata, 2: many('subjects', () => subject), 3: one('roleRef', () => roleRef) };

const resourceAttributes: Message = {
  1: text('namespace'),
  2: text('verb'),
  3: text('group'),
  4: text('version'),
  5: text('resource'),
  6: text('subresource'),
  7: text('name'),
};
const pathAttributes: Message = { 1: text('path'), 2: text('verb') };
const reviewSpec: Message = {
  1: one('resourceAttributes', () => resourceAttributes),
  2: one('nonResourceAttributes', () => pathAttributes),
};
const rulesReviewSpec: Message = { 1: text('namespace') };
const namespaceSpec: Message = { 1: texts('finalizers') };

/** The kinds that kubectl's own commands (`create namespace`, `create deployment`, `autoscale`, `auth can-i` and the like) send as protobuf. */
export const MESSAGES: Readonly<Record<string, Message>> = {
  Namespace: { 1: metadata, 2: one('spec', () => namespaceSpec) },
  ConfigMap: { 1: metadata, 2: map('data'), 3: map('binaryData', 'bytes'), 4: flag('immutable') },
  Secret: { 1: metadata, 2: map('data', 'bytes'), 3: text('type'), 4: map('stringData'), 5: flag('immutable') },
  ServiceAccount: { 1: metadata },
  Deployment: { 1: metadata, 2: one('spec', () => deploymentSpec) },
  Job: { 1: metadata, 2: one('spec', () => jobSpec) },
  CronJob: { 1: metadata, 2: one('spec', () => cronJobSpec) },
  Role: role,
  ClusterRole: role,
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  HorizontalPodAutoscaler: { 1: metadata, 2: one('spec', () => autoscalerSpec) },
  SelfSubjectAccessReview: { 1: metadata, 2: one('spec', () => reviewSpec) },
  SelfSubjectRulesReview: { 1: metadata, 2: one('spec', () => rulesReviewSpec) },
};
