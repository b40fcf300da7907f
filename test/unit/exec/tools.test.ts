import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docker, dockerRun } from '../../../lib/exec/docker.ts';
import { exitMeaning } from '../../../lib/exec/exit-meanings.ts';
import { helm, helmDiff, helmStatus } from '../../../lib/exec/helm.ts';
import { kubectl, kubectlDiff } from '../../../lib/exec/kubectl.ts';
import { run } from '../../../lib/exec/run.ts';
import { terraform, terraformOutput, terraformPlan } from '../../../lib/exec/terraform.ts';
import { script, tempFolder } from './scripts.ts';

/** A program of this name, alone in PATH beside the system's own. */
async function fake(name: string, body: string, from: Readonly<Record<string, string>> = {}) {
  const folder = await tempFolder();
  await script(name, body, folder);
  return { folder, env: { from: { PATH: `${folder}:/usr/bin:/bin`, ...from } } };
}

describe('kubectl', () => {
  it('inherits what it is configured with, and nothing else', async () => {
    const { env } = await fake('kubectl', 'env | cut -d= -f1 | sort | tr "\\n" " "', {
      KUBECONFIG: 'k',
      AWS_PROFILE: 'p',
      HTTPS_PROXY: 'x',
      NPM_TOKEN: 't',
    });

    const { stdout } = await kubectl(['get', 'pods'], { env });

    expect(stdout.text().split(' ')).toEqual(expect.arrayContaining(['AWS_PROFILE', 'HTTPS_PROXY', 'KUBECONFIG', 'PATH']));
    expect(stdout.text()).not.toContain('NPM_TOKEN');
  });

  it.each([
    ['exit 0', { differs: false }],
    ['echo "-a"; echo "+b"; exit 1', { differs: true, diff: '-a\n+b\n' }],
    // Differences that an external diff program does not print.
    ['exit 1', { differs: true, diff: '' }],
  ])('diff: %s', async (body, expected) => {
    const { env } = await fake('kubectl', body);

    expect(await kubectlDiff(['-f', 'x.yaml'], { env })).toEqual(expected);
  });

  it.each([['echo "error: no such file" >&2; exit 1'], ['echo "error: exit status 2" >&2; exit 2']])(
    'diff that fails: %s',
    async (body) => {
      const { env } = await fake('kubectl', body);

      await expect(kubectlDiff(['-f', 'x.yaml'], { env })).rejects.toMatchObject({
        code: 'exec',
        message: expect.stringContaining('error: '),
      });
    },
  );
});

describe('helm', () => {
  it('says whether an upgrade would change anything', async () => {
    const same = await fake('helm', '[ "$*" = "diff upgrade --detailed-exitcode --no-color shop ./chart" ]');
    const other = await fake('helm', 'echo "+ replicas: 3"; exit 2');

    expect(await helmDiff(['shop', './chart'], same)).toEqual({ differs: false });
    expect(await helmDiff(['shop', './chart'], other)).toEqual({ differs: true, diff: '+ replicas: 3\n' });
  });

  it('tells a release that is not there from a failure', async () => {
    const there = await fake('helm', 'echo "{}"');
    const missing = await fake('helm', 'echo "Error: release: not found" >&2; exit 1');
    const broken = await fake('helm', 'echo "Error: Kubernetes cluster unreachable" >&2; exit 1');

    expect(await helmStatus('shop', ['-n', 'x'], there)).toBe('{}\n');
    expect(await helmStatus('shop', [], missing)).toBeUndefined();
    await expect(helmStatus('shop', [], broken)).rejects.toThrow('exited with 1: Error: Kubernetes cluster unreachable');
    await expect(helm(['version'], broken)).rejects.toMatchObject({ exitCode: 1 });
  });
});

describe('terraform', () => {
  it('says by its detailed exit code whether anything changes', async () => {
    const exits = (code: number) =>
      fake('terraform', `[ "$*" = "plan -detailed-exitcode -input=false -no-color -out=p" ] || exit 9; exit ${code}`);

    expect(await terraformPlan(['-out=p'], await exits(0))).toBe('unchanged');
    expect(await terraformPlan(['-out=p'], await exits(2))).toBe('changes');
    await expect(terraformPlan(['-out=p'], await exits(1))).rejects.toMatchObject({ exitCode: 1 });
  });

  it('asks nobody, keeps all of the output, and gets variables of backends', async () => {
    const { env } = await fake('terraform', 'head -c 3000000 /dev/zero; echo "$TF_INPUT$TF_IN_AUTOMATION $TF_VAR_x $PGHOST"', {
      TF_VAR_x: 'x',
      PGHOST: 'db',
    });

    const { stdout } = await terraformOutput({ env });

    expect(stdout.bytes()).toHaveLength(3_000_000 + '01 x db\n'.length);
    expect(stdout.wholeText()).toMatch(/01 x db\n$/);
  });

  it('is tofu where there is no terraform', async () => {
    const folder = await tempFolder();
    await script('tofu', 'echo tofu "$@"', folder);
    const only = { env: { from: { PATH: `${folder}:/bin` } } };

    expect((await terraform(['version'], only)).stdout.text()).toBe('tofu version\n');
    await expect(terraform(['version'], { env: { from: { PATH: '/nowhere' } } })).rejects.toThrow('terraform could not be run');
    await expect(terraform(['version'], { ...only, program: 'terragrunt' })).rejects.toThrow('terragrunt could not be run');
    await script('tofu', 'echo no >&2; exit 4', folder);
    await expect(terraform(['version'], only)).rejects.toMatchObject({ exitCode: 4 });
  });
});

describe('docker', () => {
  it('run answers with the exit code of the program in the container', async () => {
    const { env } = await fake('docker', 'exit 42');

    expect((await dockerRun(['alpine', 'false'], { env })).exitCode).toBe(42);
    await expect(dockerRun(['alpine', 'false'], { env, expected: [0] })).rejects.toMatchObject({ exitCode: 42 });
  });

  it.each([
    [125, 'the container was not started'],
    [126, 'the command in the container cannot be executed'],
    [127, 'the command is not in the container'],
  ])('run fails with %i: %s', async (code, what) => {
    const { env } = await fake('docker', `exit ${code}`);

    await expect(dockerRun(['alpine', 'x'], { env })).rejects.toMatchObject({ exitCode: code, message: expect.stringContaining(what) });
  });

  it('run removes the container at its timeout: it is no process of ours', async () => {
    const { env, folder } = await fake('docker', `echo "$@" >> "$(dirname "$0")/calls"; [ "$1" = rm ] || exec sleep 60`);

    await expect(dockerRun(['alpine', 'sleep', '60'], { env, timeoutMs: 300, containerName: 'c1' })).rejects.toThrow(
      'not done after 0.3 s',
    );

    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe('run --rm --name c1 alpine sleep 60\nrm --force --volumes c1\n');
  });

  it('takes other exit codes than 0 for failures elsewhere', async () => {
    const { env } = await fake('docker', 'exit 1');

    await expect(docker(['ps'], { env })).rejects.toMatchObject({ exitCode: 1 });
  });
});

describe('exit codes', () => {
  it.each([
    ['/usr/bin/timeout', ['5', 'x'], 124, 'not done in time'],
    ['docker', ['run', 'x'], 137, 'the container was killed'],
    ['docker', ['compose', 'up'], 125, undefined],
    ['podman.exe', ['run', 'x'], 125, 'not started'],
    ['make', [], 127, 'was not found'],
    ['make', [], 143, 'SIGTERM'],
    ['make', [], 2, undefined],
  ])('of %s %j: %i says %s', (program, args, code, what) => {
    const meaning = exitMeaning(program, args, code);

    if (what === undefined) expect(meaning).toBeUndefined();
    else expect(meaning?.what).toContain(what);
  });

  it('of timeout(1) are told by name', async () => {
    await expect(run('timeout', ['0.2', 'sleep', '9'])).rejects.toThrow('exited with 124 (the command was not done in time)');
  });
});
