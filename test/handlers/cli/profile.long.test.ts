import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createServiceAccountIssuer } from '../../../sandbox/credentials/service-account-issuer.ts';
import { Home } from '../../support/aws/home.ts';
import { type Place, SignInWorld } from '../../support/aws/sign-in-world.ts';

const issuer = createServiceAccountIssuer();
const program = join(import.meta.dirname, '../../../bin/nightshift.ts');
const plan = ['plan', '--default-downtime', 'always', '-o', 'json'];

/** A person with profiles, and no word of a region or a profile in the environment. */
async function person(): Promise<{ readonly world: SignInWorld; readonly place: Place }> {
  const world = await SignInWorld.start(issuer);
  const { env, files } = world.keys();
  return { world, place: { env: { ...env, AWS_REGION: '' }, files } };
}

describe('a profile', () => {
  it('gives a plan its credentials and its region', async () => {
    const { world, place } = await person();
    const home = await Home.with(place);

    const { exitCode, stdout } = await home.runHere([...plan, '--cluster', 'dev', '--profile', 'own']);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', counts: { planned: 1 } });
    expect(world.sandbox.aws.requests.map(({ operation }) => operation)).toEqual(['DescribeCluster']);
  });

  it('gives the state bucket its region', async () => {
    const { world, place } = await person();
    const config = place.files['.aws/config']!.replace('eu-west-1', world.sandbox.aws.region);
    const home = await Home.with({ ...place, files: { ...place.files, '.aws/config': config } });
    const bucket = ['--state-bucket', world.sandbox.stateBucket];

    const sleep = ['sleep', '--yes', '-o', 'json', '--cluster', 'dev', '--profile', 'own', '--grace-period', '0'];
    const { exitCode, stderr } = await home.run(program, [...sleep, ...bucket]);

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect([...(world.sandbox.aws.objectsIn(world.sandbox.stateBucket)?.keys() ?? [])].length).toBeGreaterThan(0);
  });

  it('is one for the plugin of a kubeconfig too', async () => {
    const { world, place } = await person();
    const { kubernetes } = world.sandbox;
    const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: kubernetes.adminToken } };
    const script = `test "$AWS_PROFILE" = own && echo '${JSON.stringify(credential)}'`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: 'sh', args: ['-c', script] };
    const user = { name: 'aws', user: { exec } };
    const ca = Buffer.from(kubernetes.caPem).toString('base64');
    const kubeconfig = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'aws' } }],
      clusters: [{ name: 'c', cluster: { server: kubernetes.url, 'certificate-authority-data': ca } }],
      users: [user],
    };
    const home = await Home.with({ env: place.env, files: { ...place.files, kubeconfig: JSON.stringify(kubeconfig) } });
    const argv = [...plan, '--kubeconfig', 'kubeconfig'];

    const [own, other] = await Promise.all(['own', 'chain'].map((profile) => home.run(program, [...argv, '--profile', profile])));

    expect(JSON.parse(own!.stdout)).toMatchObject({ status: 'ok' });
    expect(other).toMatchObject({ exitCode: 1 });
  });

  it('that is not there stops a command before it does anything', async () => {
    const { world, place } = await person();
    const home = await Home.with(place);

    const runs = await Promise.all(
      [
        [...plan, '--cluster', 'dev'],
        ['wake', '--yes', '--cluster', 'dev'],
        ['invoke', 'scale-dev-nightly'],
      ].map((argv) => home.run(program, [...argv, '--profile', 'nope'])),
    );

    expect(runs.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
    expect(runs.map(({ stdout, stderr }) => `${stdout}${stderr}`)).toEqual(Array(3).fill(expect.stringContaining('there is no profile')));
    expect(world.sandbox.aws.requests).toEqual([]);
  });
});

it('a command without a region anywhere says how to name one', async () => {
  const { place } = await person();
  const home = await Home.with(place);

  const { exitCode, stdout, stderr } = await home.runHere([...plan, '--cluster', 'dev']);

  expect(exitCode).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain('no AWS region is known');
});
