import { execFile } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { pipelineEvent } from '../../sandbox/story/pipeline-event.ts';
import { startSandboxWorld } from '../../sandbox/world.ts';
import { isExecutable } from '../support/is-executable.ts';
import { aDeployment } from '../support/workloads.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** The Node that the project pins, and the host's own, which is what a user of the package has. */
const nodes = [...new Set([process.execPath, ...hostNodes()])];

function hostNodes(): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return folders
    .map((folder) => join(folder, 'node'))
    .filter(isExecutable)
    .map((path) => realpathSync(path))
    .slice(0, 1);
}

function readmeSample(): readonly string[] {
  const [, sample = ''] = /^```\n(Good night[\s\S]*?)```$/m.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  return sample.split('\n').filter((line) => line !== '...');
}

let folder: string;
let packed: { filename: string; files: { path: string }[] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  const report: unknown = JSON.parse(stdout);
  packed = (Array.isArray(report) ? report[0] : Object.values(report as object)[0]) as typeof packed;
  // An empty cache and no network: whatever the package needs has to be inside.
  const env = { ...process.env, npm_config_cache: join(folder, 'cache') };
  await run('npm', ['install', '--global', '--offline', '--prefix', folder, join(folder, packed.filename)], { cwd: folder, env });
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

describe('the npm package', () => {
  it('is shown in the README by lines of its own story', () => {
    expect(readmeSample().length).toBeGreaterThan(10);
  });

  it('ships the program, its licence notices and its papers, and no source maps', () => {
    const files = packed.files.map(({ path }) => path);

    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/cli/nightshift.js',
        'dist/cli/THIRD-PARTY-NOTICES.txt',
        'dist/functions/post-deploy-smoke/index.mjs',
        'dist/functions/scale-dev-nightly/index.mjs',
        'schema/nightshift.schema.json',
        'schema/smoke-suite.schema.json',
      ]),
    );
    expect(
      files.filter(
        (file) =>
          !/^(dist\/(cli|functions\/[\w-]+)\/(chunks\/)?[\w.-]+|schema\/[\w-]+\.schema\.json|package\.json|LICENSE|README\.md|CHANGELOG\.md)$/.test(
            file,
          ),
      ),
    ).toEqual([]);
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  });

  it('has no dependencies at run time', () => {
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('optionalDependencies');
  });
});

describe.each(nodes)('installed from the tarball, on %s', (node) => {
  async function nightshift(...args: string[]): Promise<string> {
    const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
    const { stdout } = await run(join(folder, 'bin', 'nightshift'), args, { cwd: folder, env });
    return stdout;
  }

  it('says its version', async () => {
    await expect(nightshift('--version')).resolves.toBe(`${manifest.version}\n`);
  });

  it('evaluates a time specification', async () => {
    const stdout = await nightshift('schedule', 'test', 'Mon-Fri 07:00-19:00 Europe/Berlin', '--at', '2026-03-30T10:00:00Z', '-o', 'json');

    expect(JSON.parse(stdout)).toMatchObject({ matches: true });
  });

  it('plans offline on a manifest', async () => {
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 3 } };
    const file = join(folder, 'web.json');
    await writeFile(file, JSON.stringify(deployment));

    const stdout = await nightshift(
      ...['plan', '-f', file, '--default-uptime', 'Mon-Fri 07:00-19:00 UTC', '--at', '2026-03-30T23:00:00Z', '-o', 'json'],
    );

    expect(JSON.parse(stdout)).toMatchObject({ items: [{ kind: 'Deployment', namespace: 'shop', name: 'web', from: 3, to: 0 }] });
  });

  it('works on a cluster on AWS without a word that is not its own on standard error', async () => {
    const world = await startSandboxWorld({
      objects: Array.from({ length: 30 }, (_, index) => aDeployment({ name: `web-${index}`, size: 2 })),
    });
    onTestFinished(() => world.close());
    const env = { PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ...world.functionEnvironment() };
    const args = [
      'sleep',
      '--yes',
      '--quiet',
      '--grace-period',
      '0',
      '--cluster',
      'dev',
      '--state-bucket',
      world.stateBucket,
      '-o',
      'yaml',
    ];

    const { stdout, stderr } = await run(join(folder, 'bin', 'nightshift'), args, { cwd: folder, env });

    expect(stderr).toBe('');
    expect(stdout).toContain('summary: 30 put to sleep of 30 workloads on 1 cluster\n');
  });

  it('proves a release on a cluster on AWS, as the function does', async () => {
    const world = await startSandboxWorld();
    onTestFinished(() => world.close());
    await world.kubernetes.settled();
    const event = join(folder, 'job.json');
    await writeFile(
      event,
      JSON.stringify(pipelineEvent('11111111-1111-4111-8111-111111111111', { suite: 'storefront', version: '4.18.2' })),
    );
    const env = { PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ...world.functionEnvironment('post-deploy-smoke') };

    const { stdout, stderr } = await run(
      join(folder, 'bin', 'nightshift'),
      ['invoke', 'post-deploy-smoke', '--event', event, '-o', 'json'],
      {
        cwd: folder,
        env,
      },
    );

    expect(stderr).toContain('CodePipeline is not answered\n');
    expect(JSON.parse(stdout)).toMatchObject({
      counts: { passed: 3 },
      summary: expect.stringContaining('storefront 4.18.2 is what answers'),
    });
  });

  it('tells the story of a night and its releases on the embedded cluster', async () => {
    const stdout = await nightshift('sandbox');

    expect(stdout).toContain('every workload is as it was');
    expect(stdout).not.toContain('✘');
    // The README shows an extract; only the run's id is another one each time.
    const lines = readmeSample().map((line) => line.replace(/^run \S+/, ''));
    expect(lines.filter((line) => !stdout.includes(line))).toEqual([]);
  });
});
