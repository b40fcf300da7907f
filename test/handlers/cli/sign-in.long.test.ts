import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli } from '../../../build/bundles.ts';
import { createServiceAccountIssuer } from '../../../sandbox/credentials/service-account-issuer.ts';
import { Home } from '../../support/aws/home.ts';
import { ACCOUNT, type Place, REGION, SignInWorld } from '../../support/aws/sign-in-world.ts';

const project = join(import.meta.dirname, '../../..');
const issuer = createServiceAccountIssuer();
let root: string;
const programs = { 'the sources': join(project, 'bin/nightshift.ts'), 'the package': '' };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sign-in-'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  programs['the package'] = (await buildCli(join(root, 'cli'))).entry;
});
afterAll(() => rm(root, { recursive: true }));

interface Way {
  readonly place: (world: SignInWorld) => Place | Promise<Place>;
  /** Who one is then. */
  readonly arn: RegExp;
  /** What `whoami` says of the credentials. */
  readonly credentials: object;
}

const ends = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const ways: Readonly<Record<string, Way>> = {
  'keys in the environment': { place: (world) => world.environment(), arn: /assumed-role\/env\/me$/, credentials: { kind: 'environment' } },
  'the default profile': {
    place: (world) => world.keys(),
    arn: /:user\/nightshift$/,
    credentials: { kind: 'profile', profile: 'default', way: 'keys' },
  },
  'the keys of a profile': {
    place: (world) => world.keys('own'),
    arn: /:user\/nightshift$/,
    credentials: { kind: 'profile', profile: 'own', way: 'keys' },
  },
  'the role of a profile': {
    place: (world) => world.keys('chain'),
    arn: /assumed-role\/target\/me$/,
    credentials: { kind: 'profile', profile: 'chain', way: 'role', expires: ends },
  },
  'IAM Identity Center': {
    place: (world) => world.sso(),
    arn: /assumed-role\/AWSReservedSSO_dev_0123456789abcdef\/ada$/,
    credentials: { kind: 'profile', profile: 'dev', way: 'sso', expires: ends },
  },
  'a credential_process': {
    place: (world) => world.process(),
    arn: /assumed-role\/vault\/me$/,
    credentials: { kind: 'profile', profile: 'vault', way: 'process', expires: ends },
  },
  'a web identity token (IRSA)': {
    place: (world) => world.webIdentity(),
    arn: /assumed-role\/irsa\/nightshift-pod$/,
    credentials: {
      kind: 'web-identity',
      tokenFile: expect.stringMatching(/irsa-token$/),
      roleArn: `arn:aws:iam::${ACCOUNT}:role/irsa`,
      expires: ends,
    },
  },
  'EKS Pod Identity': {
    place: (world) => world.container('eks-pod-identity'),
    arn: /assumed-role\/eks-pod-identity\/task$/,
    credentials: { kind: 'container', service: 'eks-pod-identity', host: expect.stringMatching(/^127\.0\.0\.1:\d+$/), expires: ends },
  },
  'the role of an ECS task': {
    place: (world) => world.container('ecs'),
    arn: /assumed-role\/ecs\/task$/,
    credentials: { kind: 'container', service: 'ecs', host: expect.stringMatching(/^127\.0\.0\.1:\d+$/), expires: ends },
  },
  'the metadata of an EC2 instance': {
    place: (world) => world.instance(),
    arn: /assumed-role\/instance\/i-0abc$/,
    credentials: { kind: 'instance-metadata', expires: ends },
  },
};

/** Fails when a secret is in one of the texts, as it is or encoded. */
function expectNoSecret(world: SignInWorld, texts: readonly string[]): void {
  const all = texts.join('\n');
  const forms = [...world.secrets].flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]);
  expect(forms.length).toBeGreaterThan(2);
  expect(forms.filter((form) => all.includes(form))).toEqual([]);
}

describe.each(Object.keys(programs) as (keyof typeof programs)[])('%s, signed in by', (which) => {
  it.each(Object.keys(ways))('%s, says so, works on a cluster with it, and leaves nothing behind', async (name) => {
    const { place, arn, credentials } = ways[name]!;
    const world = await SignInWorld.start(issuer);
    const home = await Home.with(await place(world));
    const before = await home.files();
    const program = programs[which];

    const runs = await Promise.all([
      home.run(program, ['whoami', '-o', 'json']),
      home.run(program, ['whoami', '--verbose', '--cluster', 'dev']),
      home.run(program, ['plan', '--cluster', 'dev', '--verbose', '-o', 'json', '--default-downtime', 'always']),
    ]);

    const [json, seen, plan] = runs;
    expect(runs.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual([0, 0, 0]);
    expect(JSON.parse(json.stdout)).toEqual({
      account: expect.stringMatching(/^(111122223333|000000000000)$/),
      arn: expect.stringMatching(arn),
      userId: expect.stringMatching(/^A[IR]/),
      region: REGION,
      regionFrom: name.startsWith('the metadata') ? 'instance-metadata' : 'AWS_REGION',
      credentials,
    });
    expect(json.stderr).toBe('');
    expect(seen.stdout).toMatch(new RegExp(`^cluster dev +arn:aws:\\S*${arn.source.replace('$', '')}$`, 'm'));
    expect(JSON.parse(plan.stdout)).toMatchObject({ status: 'ok', counts: { clusters: 1, failed: 0 } });
    expect(await home.files()).toEqual(before);
    expectNoSecret(
      world,
      runs.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    );
  });
});
