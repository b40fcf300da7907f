import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as config from '../../../functions/scale-dev-nightly/config.ts';
import { scaleEventSchema } from '../../../functions/scale-dev-nightly/event.ts';
import { policyDocumentSchema } from '../../../functions/scale-dev-nightly/policy-document.ts';
import { clusterTargetSchema } from '../../../lib/connect/cluster-target.ts';
import * as commonVariables from '../../../lib/platform/environment-names.ts';
import { LOG_LEVELS } from '../../../lib/platform/log.ts';
import { METRIC_NAMES, METRIC_NAMESPACE } from '../../../lib/platform/metrics-sink.ts';
import type { Report } from '../../../lib/platform/report.ts';
import { planReport } from '../../../lib/sleep/night-report.ts';
import { sleepPolicySchema } from '../../../lib/sleep/policy.ts';
import { pricesSchema } from '../../../lib/sleep/prices.ts';
import { savingsOf } from '../../../lib/sleep/savings.ts';
import { SANDBOX_ACCOUNT } from '../../../sandbox/aws/identities.ts';
import { SCALE_GROUP } from '../../../sandbox/cluster-access.ts';
import { eveningAndMorning } from '../../../sandbox/story/evening-and-morning.ts';
import { invokePackaged } from '../../../sandbox/story/packaged-function.ts';
import { startSandboxWorld } from '../../../sandbox/world.ts';
import { documentedPolicy } from '../../support/iam/documented-policy.ts';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(resolve(root, 'docs/scale-dev-nightly.md'), 'utf8');
const [policyDocument = '', events = ''] = [...page.matchAll(/^```\n({[\s\S]*?)^```$/gm)].map(([, block]) => block);

/** The words in back-ticks that a section of the page holds. */
function wordsIn(section: string): readonly string[] {
  const [, rest = ''] = page.split(`## ${section}\n`);
  const [text = ''] = rest.split('\n## ');
  return [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

describe('the page about scale-dev-nightly', () => {
  it('is short enough to be read', () => {
    expect(page.split('\n').length).toBeLessThanOrEqual(100 + 1);
  });

  it('is linked from the first pages', () => {
    for (const from of ['README.md', 'docs/architecture.md'])
      expect(readFileSync(resolve(root, from), 'utf8')).toContain('scale-dev-nightly.md)');
  });

  it('names every environment variable, and none that is not read', () => {
    const known = [...Object.values(config), ...Object.values(commonVariables)].filter((each) => typeof each === 'string');

    expect([...new Set(page.match(/NIGHTSHIFT_\w+/g))].sort()).toEqual(known.sort());
    expect(wordsIn('Environment')).toEqual(expect.arrayContaining([...LOG_LEVELS]));
  });

  it('shows a policy document that the function takes as it is', async () => {
    const env = { NIGHTSHIFT_POLICY: policyDocument, NIGHTSHIFT_STATE_BUCKET: 'state' };
    const unused = { get: () => Promise.reject(new Error('unused')), secret: () => Promise.reject(new Error('unused')) };

    const { clusters, concurrency, prices } = await config.scaleConfig(env, unused);

    expect(clusters.map(({ name }) => name)).toEqual(['dev', 'dev-us']);
    expect(concurrency).toBe(config.scaleConfigSchema.shape.concurrency.parse(undefined));
    expect(prices).toEqual({ currency: 'USD', vcpuHour: 0.04, gibHour: 0.0045 });
  });

  it('explains every word of the document, and of its prices', () => {
    const words = [...Object.keys(policyDocumentSchema.shape), ...Object.keys(pricesSchema.shape)];

    expect(wordsIn('The policy document')).toEqual(
      expect.arrayContaining(words.filter((word) => word !== 'clusters' && word !== 'policy')),
    );
  });

  it('names every field of a cluster', () => {
    const fields = clusterTargetSchema.options.flatMap((option) => Object.keys(option.shape));
    const section = page.slice(page.indexOf('## The policy document'), page.indexOf('| word in'));

    for (const field of fields) expect(section).toMatch(new RegExp(`"${field}"|\`${field}\``));
  });

  it('lists every word of the policy with its default, and no other', () => {
    const rows = [...page.matchAll(/^\| (`\w+`(?:, `\w+`)*) +\| (none|`[^`]+`) +\|/gm)];
    const listed = rows.flatMap(([, names = '', value = '']) =>
      names.split(', ').map((name) => [name.slice(1, -1), value === 'none' ? undefined : JSON.parse(value.slice(1, -1))] as const),
    );
    const defaults: Readonly<Record<string, unknown>> = sleepPolicySchema.parse({});
    const { version, ...words } = sleepPolicySchema.shape;

    expect(version.parse(undefined)).toBe(1);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(Object.keys(words).map((name) => [name, defaults[name]])));
    expect(wordsIn('The policy document')).toEqual(
      expect.arrayContaining(Object.keys(sleepPolicySchema.shape.scopes.unwrap().element.shape)),
    );
  });

  it('shows events that are accepted, and names all that an event may say', () => {
    for (const line of events.trim().split('\n')) expect(scaleEventSchema.safeParse(JSON.parse(line)).error).toBeUndefined();

    const { action } = scaleEventSchema.shape;
    expect(wordsIn('Events')).toEqual(expect.arrayContaining([...Object.keys(scaleEventSchema.shape), ...action.unwrap().options]));
  });

  it('names all that a report holds', () => {
    const prices = pricesSchema.parse({ vcpuHour: 0.04, gibHour: 0.0045 });
    const sleeper = {
      cluster: 'dev',
      workload: { kind: 'Deployment', namespace: 'shop', requests: { milliCpu: 1, memoryBytes: 1 } },
      missing: 1,
    } as const;
    const outcome = planReport([], prices);
    const savings = savingsOf([sleeper], prices);

    expect(Object.keys(outcome.savings ?? {})).toEqual(Object.keys(savings));
    expect(wordsIn('Reports')).toEqual(
      expect.arrayContaining(['job', 'runId', ...[outcome, outcome.counts, savings, savings.byNamespace[0] ?? {}].flatMap(Object.keys)]),
    );
  });

  it('names every metric, as the page about adding a function does', () => {
    const adding = readFileSync(resolve(root, 'docs/adding-a-function.md'), 'utf8');

    expect(wordsIn('Reports')).toEqual(expect.arrayContaining([METRIC_NAMESPACE, ...METRIC_NAMES]));
    for (const name of METRIC_NAMES) expect(adding).toContain(`\`${name}\``);
  });
});

describe('the permissions on the page', () => {
  it('are enough for a night and a restore', async () => {
    const places = {
      BUCKET: 'nightshift-state',
      PREFIX: '',
      REGION: 'eu-central-1',
      ACCOUNT: SANDBOX_ACCOUNT,
      CLUSTER: 'dev',
      ROLEARN: [],
    };
    const world = await startSandboxWorld({ policies: [documentedPolicy(places)] });
    onTestFinished(() => world.close());
    const bundle = resolve(root, 'functions/scale-dev-nightly/handler.ts');
    const at = new Date(eveningAndMorning(Date.now()).evening).toISOString();
    const env = world.functionEnvironment();
    const run = async (event: object) => (await invokePackaged({ bundle, event, env })) as Report;

    const { runId, counts } = await run({ action: 'reconcile', at });
    const restored = await run({ action: 'restore', runId });

    expect([counts.failed, restored.counts.failed, restored.counts.woken]).toEqual([0, 0, counts.slept]);
    expect(world.aws.requests.flatMap(({ authorised }) => authorised.map(({ allowed }) => allowed))).not.toContain(false);
    expect(world.aws.requests.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['GetParameter', 'PutObject', 'GetObject']),
    );
    expect(world.kubernetes.requests.log.filter(({ status }) => status === 401 || status === 403)).toEqual([]);
  });

  it('are those of the manifests inside a cluster', () => {
    const named = [...page.matchAll(/\]\(\.\.\/(infra\/manifests\/[\w-]+\.yaml)\)/g)].map(([, path = '']) => path);

    expect(named.sort()).toEqual(
      readdirSync(resolve(root, 'infra/manifests'))
        .filter((name) => name.startsWith('scale-dev-nightly'))
        .map((name) => `infra/manifests/${name}`)
        .sort(),
    );
    expect(page).toContain(`kubectl apply -f ${named.find((name) => name.endsWith('nightly.yaml'))}`);
    expect(page).toContain(`--kubernetes-groups ${SCALE_GROUP}`);
  });
});
