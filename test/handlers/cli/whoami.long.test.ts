import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createServiceAccountIssuer } from '../../../sandbox/credentials/service-account-issuer.ts';
import { Home } from '../../support/aws/home.ts';
import { type Place, SignInWorld, ssoTokenPath } from '../../support/aws/sign-in-world.ts';

const program = join(import.meta.dirname, '../../../bin/nightshift.ts');
const issuer = createServiceAccountIssuer();
const SPOKE = 'arn:aws:iam::111122223333:role/spoke';

describe('whoami', () => {
  it('tells people who they are, in which region, by what, and until when', async () => {
    const world = await SignInWorld.start(issuer);
    const home = await Home.with(await world.sso({ lifeMs: 7_200_000 }));

    const { exitCode, stdout, stderr } = await home.runHere(['whoami', '--cluster', 'dev']);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.replaceAll(/ {2,}/g, '  ').split('\n')).toEqual([
      'account  111122223333',
      'arn  arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_dev_0123456789abcdef/ada',
      expect.stringMatching(/^user id {2}AROA\w+:ada$/),
      'region  eu-central-1 (from AWS_REGION)',
      'credentials  from profile dev (IAM Identity Center)',
      expect.stringMatching(/^expire {2}\d{4}-.*Z \(in 60 min\)$/),
      'cluster dev  arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_dev_0123456789abcdef/ada',
      '  groups  nightshift:scale-dev-nightly, system:authenticated',
      '',
    ]);
  });

  it('takes --profile for AWS_PROFILE, whatever keys the environment has', async () => {
    const world = await SignInWorld.start(issuer);
    const home = await Home.with({ ...world.keys(), env: { ...world.keys().env, ...world.environment().env } });

    const { stdout, stderr } = await home.run(program, ['whoami', '--profile', 'own', '-o', 'json']);

    const own = { arn: 'arn:aws:iam::000000000000:user/nightshift', credentials: { profile: 'own' } };
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject(own);
    expect((await home.runHere(['whoami', '--profile', 'own', '-o', 'json'])).json()).toMatchObject(own);
  });

  it('assumes a role first, and is that role in a cluster too', async () => {
    const home = await Home.with((await SignInWorld.start(issuer)).keys('own'));

    const result = await home.runHere(['whoami', '--role-arn', SPOKE, '--external-id', 'x-1', '--cluster', 'dev', '-o', 'json']);

    const arn = 'arn:aws:sts::111122223333:assumed-role/spoke/nightshift';
    expect(result.json()).toMatchObject({
      arn,
      credentials: { kind: 'profile', profile: 'own', role: SPOKE, expires: expect.any(String) },
      clusters: [{ name: 'dev', user: arn }],
    });
    expect((await home.runHere(['whoami', '--role-arn', SPOKE, '--external-id', 'x-1'])).stdout).toContain(`${SPOKE} (--role-arn)`);
  });

  it.each([
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-north-1', 'AWS_DEFAULT_REGION'],
    [{ AWS_REGION: '' }, 'eu-west-1', 'profile'],
    [{}, 'eu-central-1', 'AWS_REGION'],
  ])('finds the region in the environment, then in the profile (%o)', async (env, region, regionFrom) => {
    const home = await Home.with((await SignInWorld.start(issuer)).keys('own'));

    expect((await home.runHere(['whoami', '-o', 'json'], env)).json()).toMatchObject({ region, regionFrom });
  });

  it('needs no region, and says that there is none', async () => {
    const home = await Home.with((await SignInWorld.start(issuer)).keys());

    const { exitCode, stdout } = await home.runHere(['whoami'], { AWS_REGION: '' });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^region +none: set AWS_REGION or a region in the profile$/m);
  });

  it('asks the cluster of a kubeconfig by what the kubeconfig says', async () => {
    const world = await SignInWorld.start(issuer);
    const { env, files } = world.keys('own');
    const home = await Home.with({ env, files: { ...files, kubeconfig: world.sandbox.kubernetes.kubeconfig() } });

    const flags = ['--kubeconfig', `${home.path}/kubeconfig`, '--region', 'eu-north-1'];
    const result = await home.runHere(['whoami', ...flags, '-o', 'json']);

    expect(result.json()).toMatchObject({ regionFrom: '--region', clusters: [{ user: 'sandbox-admin', groups: expect.any(Array) }] });
  });

  it('passes over a cluster that does not let it ask', async () => {
    const world = await SignInWorld.start(issuer);
    const home = await Home.with(world.keys('own'));
    world.sandbox.kubernetes.faults.add({ resource: 'selfsubjectreviews', status: 403 });

    const { exitCode, stdout } = await home.runHere(['whoami', '--cluster', 'dev', '--region', 'eu-north-1']);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^cluster dev +cannot say: it does not let this identity ask/m);
  });

  it('says what it knows, and fails, when a cluster does not take the caller in', async () => {
    const world = await SignInWorld.start(issuer);
    const home = await Home.with(world.keys('own'));
    world.sandbox.kubernetes.faults.add({ resource: 'selfsubjectreviews', status: 401, times: 2 });

    const { exitCode, stdout, stderr } = await home.runHere(['whoami', '--region', 'eu-west-3', '--cluster', 'dev', '--cluster', 'gone']);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^account +000000000000\n[\s\S]*^cluster dev +failed, see below$/m);
    expect(stderr).toContain('error: dev: cannot create selfsubjectreviews');
    expect(stderr).toContain('error: gone: cluster "gone" not found');
  });
});

/** Each way to be nobody: how one gets there, what is said, and what to do. */
const refusals: Readonly<Record<string, readonly [place: (world: SignInWorld) => Place | Promise<Place>, message: RegExp, hint: RegExp]>> =
  {
    'nothing anywhere': [({ base }) => ({ env: base, files: {} }), /could be had anywhere/, /--profile.*AWS_ACCESS_KEY_ID/],
    'keys of the environment that have expired': [
      (world) => world.environment({ lifeMs: -1000 }),
      /not accept the credentials from the environment \(AWS_ACCESS_KEY_ID\): ExpiredToken/,
      /new keys for AWS_ACCESS_KEY_ID/,
    ],
    'keys of a profile that AWS does not know': [
      (world) => {
        const { env, files } = world.keys('own');
        return { env, files: { ...files, '.aws/credentials': files['.aws/credentials']!.replaceAll('AKIASANDBOX', 'AKIANOBODYX') } };
      },
      /not accept the credentials from profile own .*: InvalidClientTokenId/,
      /check profile own/,
    ],
    'a role of a profile that may not be assumed': [
      (world) => world.keys('stranger'),
      /could be had from profile stranger: AccessDenied/,
      /allow sts:AssumeRole on arn:aws:iam::111122223333:role\/nope/,
    ],
    'a login that has ended': [
      (world) => world.sso({ lifeMs: -1000 }),
      /from profile dev: nobody is signed in/,
      /^sign in again: aws sso login --profile dev$/,
    ],
    'a login that was ended on the server': [
      async (world) => {
        const place = await world.sso();
        place.portal.signOutEverywhere();
        return place;
      },
      /from profile dev: nobody is signed in/,
      /^sign in again: aws sso login --profile dev$/,
    ],
    'a login that never was': [
      async (world) => {
        const { env, files } = await world.sso();
        return { env, files: { '.aws/config': files['.aws/config']! } };
      },
      /from profile dev: nobody is signed in/,
      /^sign in again: aws sso login --profile dev$/,
    ],
    'a login by aws login that never was': [
      ({ base }) => ({
        env: { ...base, AWS_PROFILE: 'me' },
        files: { '.aws/config': '[profile me]\nlogin_session = arn:aws:iam::1:user/x\n' },
      }),
      /from profile me: nobody is signed in/,
      /^sign in again: aws login --profile me$/,
    ],
    'a web identity token that is out of date': [
      (world) => world.webIdentity({ expiresAt: Date.now() - 1000 }),
      /from the web identity token \S+irsa-token .*: ExpiredTokenException/,
      /trust policy of arn:aws:iam::111122223333:role\/irsa/,
    ],
    'a web identity token of another service account': [
      (world) => world.webIdentity({ subject: 'system:serviceaccount:default:default' }),
      /from the web identity token \S+irsa-token .*: AccessDenied/,
      /trust policy of arn:aws:iam::111122223333:role\/irsa/,
    ],
    'a web identity token that is not there': [
      (world) => ({ ...world.webIdentity(), files: {} }),
      /from the web identity token \S+irsa-token .*: ENOENT/,
      /irsa-token is in date/,
    ],
    'a Pod Identity agent that does not take the token': [
      async (world) => {
        const place = await world.container('eks-pod-identity');
        place.endpoint.setAuthorization('the next one');
        return place;
      },
      /from EKS Pod Identity at 127\.0\.0\.1:\d+/,
      /Pod Identity association/,
    ],
    'instance metadata one hop too far away': [
      async (world) => {
        const { metadata, ...place } = await world.instance();
        metadata.setFault('hop-limit');
        return place;
      },
      /could be had anywhere/,
      /hop limit/,
    ],
    'an instance without a role': [
      async (world) => {
        const { metadata, ...place } = await world.instance();
        metadata.setFault('no-role');
        return place;
      },
      /could be had anywhere/,
      /role .* of the instance/,
    ],
    'an instance whose metadata are off': [
      async (world) => {
        const { metadata, ...place } = await world.instance();
        metadata.setFault('off');
        return place;
      },
      /could be had anywhere/,
      /role .* of the instance/,
    ],
  };

describe('whoami with', () => {
  it.each(Object.entries(refusals))('%s fails, says where it looked and what to do', async (_, [place, message, hint]) => {
    const world = await SignInWorld.start(issuer);
    const home = await Home.with(await place(world));
    const before = await home.files();

    const result = await home.runHere(['whoami', '-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toEqual({
      error: { code: 'aws_credentials', message: expect.stringMatching(message), hint: expect.stringMatching(hint) },
    });
    expect([...world.secrets].filter((secret) => `${result.stdout}${result.stderr}`.includes(secret))).toEqual([]);
    expect(await home.files()).toEqual(before);
  });

  it.each([
    [['--profile', 'nope'], 'there is no profile "nope" in the AWS configuration'],
    [['--profile', ''], "option '--profile <name>' argument '' is invalid. It is empty."],
    [['--external-id', 'x-1'], '--external-id belongs to a role, and no --role-arn is given'],
    [['--kubeconfig', '/nowhere/kubeconfig'], 'cannot read the kubeconfig: /nowhere/kubeconfig does not exist'],
    [['--cluster', 'dev', '--context', 'dev'], "option '--cluster <name>' cannot be used with option '--context <name>'"],
  ])('%o is bad usage', async (flags, message) => {
    const home = await Home.with((await SignInWorld.start(issuer)).keys());

    const result = await home.runHere(['whoami', ...flags, '-o', 'json']);

    expect(result).toMatchObject({ exitCode: 2 });
    expect(result.json()).toMatchObject({ error: { message } });
  });

  it('AWS_PROFILE that names none is bad input, and no reason to be the instance instead', async () => {
    const { metadata, ...place } = await (await SignInWorld.start(issuer)).instance();
    const home = await Home.with(place);

    const result = await home.runHere(['whoami', '-o', 'json'], { AWS_PROFILE: 'nope', AWS_REGION: 'eu-central-1' });

    expect(result.exitCode).toBe(2);
    expect(metadata.requests).toEqual([]);
  });

  it('a profile that gives nothing warns that somebody else was found', async () => {
    const { env } = await (await SignInWorld.start(issuer)).instance();
    const home = await Home.with({ env, files: { '.aws/config': '[profile broken]\ncredential_process = exit 1\n' } });

    const { exitCode, stderr } = await home.runHere(['whoami', '-o', 'json', '--region', 'eu-central-1'], { AWS_PROFILE: 'broken' });

    expect(exitCode).toBe(0);
    expect(stderr).toBe('warning: profile broken gave no credentials; the AWS SDK went on and took those from EC2 instance metadata\n');
  });

  it('a role that may not be assumed names it', async () => {
    const home = await Home.with((await SignInWorld.start(issuer)).keys('own'));

    const result = await home.runHere(['whoami', '--role-arn', SPOKE, '--external-id', 'wrong', '-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ error: { message: expect.stringContaining(`sts:AssumeRole on ${SPOKE}`) } });
  });

  it('an STS that has an error of its own says so, and not that the credentials are wrong', async () => {
    const world = await SignInWorld.start(issuer);
    world.sandbox.aws.faults.add({ service: 'sts', effect: { kind: 'error', code: 'ServiceUnavailable' }, times: 9 });
    const home = await Home.with(world.keys());

    const result = await home.runHere(['whoami', '-o', 'json']);

    expect(result.json()).toMatchObject({ error: { code: 'aws', message: expect.stringContaining('sts:GetCallerIdentity') } });
  });

  it('an STS that does not answer gives up when its time is over', async () => {
    const world = await SignInWorld.start(issuer);
    world.sandbox.aws.faults.add({ service: 'sts', effect: { kind: 'delay', ms: 5_000 } });
    const home = await Home.with(world.keys());

    const result = await home.runHere(['whoami', '--timeout', '300ms', '-o', 'json']);

    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.json()).toMatchObject({ error: { code: 'deadline', message: 'no answer within 300 ms' } });
  });
});

describe('a login that is about to end', () => {
  it('is renewed where aws sso login keeps it, as the AWS CLI does, and nothing else is written', async () => {
    const world = await SignInWorld.start(issuer);
    const home = await Home.with(await world.sso({ lifeMs: 60_000, renewable: true }));
    const before = await home.files();

    const { exitCode } = await home.runHere(['whoami']);

    const after = await home.files();
    expect(exitCode).toBe(0);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([ssoTokenPath('corp')]);
  });
});
