import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import published from '../../../schema/nightshift.schema.json' with { type: 'json' };
import { runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

const BAD = `version: 1
stages: { dev: { account: 111122223333 } }
clusters:
  - { name: dev, stage: dve }
`;

const GOOD = `version: 1
name: night
stages:
  dev:
    account: "111122223333"
    region: eu-central-1
    vpc: { id: vpc-1, availabilityZones: [a], subnets: [subnet-1] }
  test: { sleep: { downtime: "Sat-Sat 00:00-12:00 UTC" } }
  pilot: { region: us-east-1, sleep: { upscalePeriod: "Mon-Fri 07:00-08:00 UTC" } }
  solo: { testEvents: existing, sleep: { uptime: "Mon-Sun 06:00-22:00 UTC", events: none, excludeNames: [] } }
clusters:
  - { name: own, stage: dev }
  - { name: far, eksName: dev, stage: dev, account: "444455556666", region: us-east-1 }
  - { name: given, stage: dev, roleArn: "arn:aws:iam::444455556666:role/x", accessEntry: none }
  - { name: t, stage: test, accessEntry: none }
  - { name: p, stage: pilot }
  - { name: s, stage: solo }
routes: { email: [ops@example.com], slack: { webhookParameter: /hook } }
`;

async function check(text: string, ...argv: string[]): ReturnType<typeof runCli> {
  return runCli(['config', 'check', '-', ...argv], { stdin: text, now: '2026-03-27T11:00:00Z' });
}

describe('config check of a bad file', () => {
  it('prints every problem where it is, as compilers do, and exits with 2', async () => {
    const file = join(await folderWith({ 'nightshift.yaml': BAD }), 'nightshift.yaml');

    const result = await runCli(['config', 'check', file]);

    expect(result.exitCode).toBe(2);
    expect(result.stdout).toBe(
      `${file}:2:18: stages.dev.account: must be text; put it in quotes: "111122223333"\n${file}:4:18: clusters[0].stage: no stage is called dve; did you mean dev?\n`,
    );
    expect(result.stderr).toBe(`error: ${file} has 2 problems\n`);
  });

  it('is one document with the error and all problems as data', async () => {
    const result = await check(BAD, '-o', 'json');

    expect(result.exitCode).toBe(2);
    expect(result.json()).toEqual({
      error: { code: 'bad_input', message: '- has 2 problems', hint: 'correct the lines that are named' },
      problems: [
        { path: 'stages.dev.account', line: 2, column: 18, message: 'must be text; put it in quotes: "111122223333"' },
        { path: 'clusters[0].stage', line: 4, column: 18, message: 'no stage is called dve; did you mean dev?' },
      ],
    });
  });

  it('names no path where the file as a whole is meant', async () => {
    expect(await check('')).toMatchObject({
      exitCode: 2,
      stdout: '-:1:1: is empty; `nightshift init` writes one to start from\n',
      stderr: 'error: - has a problem\n',
    });
  });

  it.each([
    ['nope.yaml', 'there is no such file', 'make one with nightshift init'],
    ['.', 'it is a directory', 'name the file in it'],
  ])('tells when there is none: %s', async (name, why, hint) => {
    const folder = await folderWith({ 'a.yaml': BAD });

    const result = await runCli(['config', 'check', join(folder, name), '-o', 'json']);

    expect(result.exitCode).toBe(2);
    expect(result.json()).toMatchObject({
      error: { code: 'bad_input', message: expect.stringContaining(why), hint: expect.stringContaining(hint) },
    });
  });
});

const SMOKE = `version: 1
stages: { dev: {} }
clusters: [{ name: dev, stage: dev }]
sleep: { uptime: always }
smoke:
  suites:
    shop:
      file: smoke/shop.yaml
      app: shop
      target: { cluster: dev, namespace: shop, name: web }
      codeDeploy: [shop]
      on: [{ source: [aws.codedeploy], detailType: [CodeDeploy Deployment State-change Notification] }]
  allow: [127.0.0.1]
  url: { tokenParameter: /nightshift/smoke-token }
`;

const SUITE = `version: 1
variables: { token: { from: ssm /shop/token } }
checks:
  - { name: home, http: { url: "https://shop.example.com/{{token}}" } }
`;

/** Where `check` runs: the file beside a folder with its suite. */
async function withSuite(suite: string | undefined, text = SMOKE): Promise<string> {
  const folder = await folderWith({ 'nightshift.yaml': text, ...(suite !== undefined && { 'smoke/shop.yaml': suite }) });
  return join(folder, 'nightshift.yaml');
}

describe('config check of a file with smoke suites', () => {
  it('says what a stage proves, who asks for it and what it may reach', async () => {
    const { exitCode, stdout } = await runCli(['config', 'check', await withSuite(SUITE)]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `  proves      shop: Deployment shop/web in dev; releases of shop; reads /shop/token
  asked by    pipelines, people and programs that may invoke the function
              hooks of CodeDeploy for shop: shop
              events of aws.codedeploy (CodeDeploy Deployment State-change Notification): shop
              whoever shows the token in /nightshift/smoke-token, by a URL
  may reach   allow: 127.0.0.1
`.trimEnd(),
    );
  });

  it('tells the problems of a suite as it tells its own, with the path of the suite from here', async () => {
    const file = await withSuite(SUITE.replace('https', '{{nope}}'));
    const suite = join(file, '../smoke/shop.yaml');

    const text = await runCli(['config', 'check', file]);
    const json = await runCli(['config', 'check', file, '-o', 'json']);

    expect(text.exitCode).toBe(2);
    expect(text.stdout).toMatch(/^.*\/smoke\/shop\.yaml:4:\d+: checks\[0\]\.http\.url: .*nope.*\n$/);
    expect(text.stdout.startsWith(`${suite}:`)).toBe(true);
    expect(text.stderr).toBe(`error: ${file}, with its suites, has a problem\n`);
    expect(json.json()).toMatchObject({ error: { code: 'bad_input' }, problems: [{ file: suite, line: 4, path: 'checks[0].http.url' }] });
  });

  it('tells of a suite that is not there, or is a folder, where it is named', async () => {
    const gone = await withSuite(undefined);
    const folder = await withSuite(SUITE, SMOKE.replace('smoke/shop.yaml', 'smoke'));

    expect((await runCli(['config', 'check', gone])).stdout).toBe(
      `${gone}:8:7: smoke.suites.shop.file: ${join(gone, '../smoke/shop.yaml')} cannot be read: there is no such file or directory\n`,
    );
    expect((await runCli(['config', 'check', folder])).stdout).toBe(
      `${folder}:8:7: smoke.suites.shop.file: ${join(folder, '../smoke')} cannot be read: it is a directory\n`,
    );
  });

  it('warns of what a suite may not mean, with its place', async () => {
    const file = await withSuite(SUITE.replace('{ token', '{ idle: x, token'));

    const { stderr, exitCode } = await runCli(['config', 'check', file]);

    expect(exitCode).toBe(0);
    expect(stderr).toBe(`warning: ${join(file, '../smoke/shop.yaml')}:2:14: variables.idle: is used by no check\n`);
  });
});

describe('config check of a good file', () => {
  it('explains each stage in words', async () => {
    const { exitCode, stdout } = await check(GOOD);

    expect(exitCode).toBe(0);
    const [title, dev = '', test = '', pilot = '', solo = ''] = stdout.split('\n\n');
    expect(title).toBe('- is good: 4 stages, 6 clusters');
    expect(dev).toContain('deployed    to account 111122223333, region eu-central-1, in vpc-1');
    expect(dev).toContain("own: by the function's own role, with an access entry that is made");
    expect(dev).toContain(
      'far (on EKS dev in us-east-1): by a role that a spoke stack makes in account 444455556666, us-east-1, with an access entry that is made',
    );
    expect(dev).toContain('given: by your role arn:aws:iam::444455556666:role/x');
    expect(dev).toContain('schedule    none: only what annotations of workloads and namespaces say');
    expect(dev).toContain('next        nothing changes within a year');
    expect(dev).toContain('tells       ops@example.com, of every alarm\n              Slack, of failed runs, by the webhook in /hook');
    expect(test).toContain("t: by the function's own role, with an access entry or mapping that you make");
    expect(test).toContain('schedule    asleep Sat-Sat 00:00-12:00 UTC; awake at all other times');
    expect(test).toContain('next        sleeps Sat 28 Mar 2026 00:00 UTC (2026-03-28T00:00:00Z)');
    expect(pilot).toContain('deployed    to region us-east-1, the account of the credentials that deploy');
    expect(pilot).toContain('schedule    woken Mon-Fri 07:00-08:00 UTC; left alone at all other times');
    expect(pilot).toContain('now         left alone (between its upscale and downscale periods)');
    expect(solo).toContain('runs        06:00 every day, UTC\n              22:00 every day, UTC\n              every 15 minutes');
    expect(solo).toContain('policy      excludeNames: []\n              events: none');
    expect(solo).toContain('now         awake (in its uptime)');
    expect(solo).toContain('proves      what its callers bring (smoke.suites names suites of its own)');
    expect(solo).not.toContain('may reach');
  });

  it('is the same as data', async () => {
    const { file, stages, warnings } = (await check(GOOD, '-o', 'json')).json() as {
      file: string;
      stages: { stage: string; next: unknown }[];
      warnings: { path: string }[];
    };

    expect(file).toBe('-');
    expect(stages.map(({ stage }) => stage)).toEqual(['dev', 'test', 'pilot', 'solo']);
    expect(stages[3]?.next).toEqual([
      { at: '2026-03-27T22:00:00Z', to: 'asleep' },
      { at: '2026-03-28T06:00:00Z', to: 'awake' },
      { at: '2026-03-28T22:00:00Z', to: 'asleep' },
    ]);
    expect(warnings).toMatchObject([{ path: 'stages.dev', line: 4, column: 3 }]);
  });

  it('warns on standard error of what may not be meant', async () => {
    expect((await check(GOOD)).stderr).toBe(
      'warning: -:4:3: stages.dev: has no schedule: only what has annotations of its own sleeps; say uptime in sleep\n',
    );
  });

  it('marks the stages on a terminal', async () => {
    const { stdout } = await runCli(['config', 'check', '-'], { stdin: GOOD, columns: 120 });

    expect(stdout).toContain('\u001b[1mdev\u001b[0m (everything is called night-dev-...)');
  });

  it('is nightshift.yaml unless another is named', async () => {
    expect((await runCli(['config', 'check', '-o', 'json'])).json()).toMatchObject({
      file: 'nightshift.yaml',
      stages: [{ prefix: 'nightshift-dev' }],
      warnings: [],
    });
  });
});

describe('config schema', () => {
  it('prints the published schema, as text and as a document', async () => {
    const text = await runCli(['config', 'schema']);
    const json = await runCli(['config', 'schema', '-o', 'json']);

    expect(JSON.parse(text.stdout)).toEqual(published);
    expect(json.json()).toEqual(published);
  });
});
