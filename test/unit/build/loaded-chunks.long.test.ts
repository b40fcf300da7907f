import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type BuiltBundle, buildFunction } from '../../../build/bundles.ts';
import { POLICY_PARAMETER_VARIABLE } from '../../../functions/scale-dev-nightly/config.ts';
import { SLACK_WEBHOOK_PARAMETER_VARIABLE } from '../../../lib/platform/environment-names.ts';
import { startContainerCredentials } from '../../../sandbox/credentials/container-credentials.ts';
import { type SandboxWorld, startSandboxWorld } from '../../../sandbox/world.ts';
import { bundledSources } from '../../support/bundled-sources.ts';
import { type HandlerRun, runHandler } from '../../support/handler-process.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';

/** What is heavy or rarely used, by the beginning of its sources' paths. */
const late = {
  axios: 'node_modules/axios/',
  notification: 'lib/notify/slack-',
  pipelines: 'lib/pipelines/',
  kubeconfig: 'lib/kubernetes/kubeconfig-connection.ts',
  'the client-node of kubeconfigs': 'node_modules/@kubernetes/client-node/',
  yaml: 'node_modules/yaml/',
  'the STS client': 'node_modules/@aws-sdk/client-sts/',
  'credentials of a profile': 'node_modules/@aws-sdk/credential-provider-ini/',
  'credentials of a login': 'node_modules/@aws-sdk/credential-provider-sso/',
  'credentials of aws login': 'node_modules/@aws-sdk/credential-provider-login/',
  'credentials of a program': 'node_modules/@aws-sdk/credential-provider-process/',
  'credentials of a web identity': 'node_modules/@aws-sdk/credential-provider-web-identity/',
  'credentials of a container': 'node_modules/@aws-sdk/credential-provider-http/',
  'credentials of an instance': 'node_modules/@smithy/credential-provider-imds/',
  'clients of credential providers': 'node_modules/@aws-sdk/nested-clients/',
} as const;

/** What only a person's machine, a container or an instance has: on Lambda the keys are in the environment. */
const credentialParts = Object.keys(late).filter((name) => name.includes('credential'));

let root: string;
let bundle: BuiltBundle;
let world: SandboxWorld;
let slack: HttpReceiver;
let runs = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'loaded-'));
  bundle = await buildFunction('scale-dev-nightly', join(root, 'function'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  world = await startSandboxWorld();
  slack = await httpReceiver((response) => response.end('ok'));
  world.aws.setParameter('/slack', { value: `${slack.url}/hook`, type: 'SecureString' });
});
afterEach(() => Promise.all([world.close(), slack.close()]));

function run(event: unknown, env: Readonly<Record<string, string>> = {}): Promise<HandlerRun> {
  const record = join(root, `opened-${runs++}`);
  const all = { ...world.functionEnvironment(), [SLACK_WEBHOOK_PARAMETER_VARIABLE]: '/slack', ...env };
  return runHandler({ entry: bundle.entry, folder: bundle.folder, record, env: all, event });
}

/** A run that throws: its policy is nowhere. */
const failing = { [POLICY_PARAMETER_VARIABLE]: '/gone' };

/** Which of the late parts are in the files. */
async function lateIn(files: readonly string[]): Promise<readonly string[]> {
  const sources = (await Promise.all(files.map(bundledSources))).flat();
  return Object.keys(late).filter((name) => sources.some((source) => source.startsWith(late[name as keyof typeof late])));
}

describe('the chunks of scale-dev-nightly', () => {
  it('keep apart from the start, and from one another, what is heavy or rarely used', async () => {
    const code = (await readdir(bundle.folder, { recursive: true })).filter((file) => file.endsWith('.mjs'));
    const parts = await Promise.all(code.map((file) => lateIn([join(bundle.folder, file)])));

    expect(await lateIn([bundle.entry])).toEqual([]);
    expect(parts.filter((names) => names.length > 1)).toEqual([]);
    expect(parts.flat()).toEqual(
      expect.arrayContaining(['axios', 'notification', 'kubeconfig', 'yaml', 'the STS client', ...credentialParts]),
    );
  });
});

describe('the files that a run of scale-dev-nightly opens', () => {
  it('hold no channel, no kubeconfig and no source map when all is well', async () => {
    const { logged, opened, thrown } = await run({ action: 'sleep', at: '2026-03-30T23:00:00Z' });

    expect(thrown).toBeUndefined();
    expect(logged.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^run finished/));
    expect(opened.map((file) => basename(file)).slice(0, 1)).toEqual(['index.mjs']);
    expect(opened.filter((file) => file.endsWith('.map'))).toEqual([]);
    expect(await lateIn(opened)).toEqual([]);
    expect(slack.requests).toEqual([]);
  });

  it('hold Slack and axios when a run has failed and Slack is to be told', async () => {
    const { opened, thrown } = await run({ action: 'sleep' }, failing);

    expect(thrown).toContain('ParameterError');
    expect(slack.requests).toHaveLength(1);
    expect(await lateIn(opened)).toEqual(['axios', 'notification']);
  });

  it('hold no axios when a run has failed and there is no channel', async () => {
    const { opened, thrown } = await run({ action: 'sleep' }, { ...failing, [SLACK_WEBHOOK_PARAMETER_VARIABLE]: '' });

    expect(thrown).toContain('ParameterError');
    expect(await lateIn(opened)).toEqual([]);
  });
});

describe('a function whose keys are not in its environment, after a restore from a snapshot', () => {
  it('gets them from the container endpoint, with what comes before it in the chain and no client of another service', async () => {
    const { openSession } = world.aws;
    const roleArn = 'arn:aws:iam::111122223333:role/function';
    const names = { openSession, roleArn, sessionName: 'function', service: 'ecs', authorization: 'token' } as const;
    const endpoint = await startContainerCredentials(names);
    onTestFinished(() => endpoint.close());
    const without = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token' };

    const { opened, thrown } = await run({ action: 'plan' }, { ...without, ...endpoint.env() });

    expect(thrown).toBeUndefined();
    const parts = ['a profile', 'a program', 'a web identity', 'a container', 'an instance'].map((part) => `credentials of ${part}`);
    expect(await lateIn(opened)).toEqual(parts);
    // Once for SSM and once for EKS: every client of the SDK has a chain of its own.
    expect(endpoint.requests).toEqual(Array(2).fill(expect.stringMatching(/^GET \/v2\/credentials\//)));
  });
});

describe('the stack of an error of the packaged scale-dev-nightly', () => {
  /** The line of our sources that a stack names first. */
  async function firstLine(stack: string): Promise<string> {
    const [, file = '', row] = /\((lib\/[\w/-]+\.ts):(\d+):\d+\)/.exec(stack) ?? [];
    const source = await readFile(join(import.meta.dirname, '../../..', file), 'utf8');
    return source.split('\n')[Number(row) - 1] ?? '';
  }

  it('names our file and line, in the log and in what Lambda is told', async () => {
    const { logged, opened, thrown = '' } = await run({ action: 'sleep' }, failing);

    const stacks = logged.map(({ error }) => (error as { stack?: string } | undefined)?.stack ?? '').filter((stack) => stack !== '');
    expect(await Promise.all([...stacks, thrown].map(firstLine))).toEqual(
      Array(stacks.length + 1).fill(expect.stringContaining('new ParameterError(')),
    );
    expect(stacks).not.toEqual([]);
    expect(opened.filter((file) => file.endsWith('.map'))).not.toEqual([]);
  });

  it('names them for a run that failed without an error of its own, too', async () => {
    await world.kubernetes.close();

    const { thrown } = await run({ action: 'plan' });

    expect(thrown).toMatch(/^RunFailedError: [\s\S]+ at .*lib\/platform\/lambda-handler\.ts:\d+:\d+/);
    expect(thrown).not.toMatch(/index\.mjs:\d/);
  });
});
