import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuiteResult } from '../../../lib/smoke/suite-result.ts';
import { runSmoke } from '../smoke/run-smoke.ts';
import { type WebServer, webServer } from '../smoke/web-server.ts';
import { folderWith } from './temp-folder.ts';

let server: WebServer;
let flaky = 0;

beforeAll(async () => {
  server = await webServer(({ url, response }) => {
    if (url.pathname === '/missing') response.statusCode = 404;
    if (url.pathname === '/flaky' && flaky++ % 2 === 0) response.statusCode = 503;
    response.setHeader('content-type', 'application/json').end('{"version":"2.4.0"}');
  });
});

afterAll(() => server.close());

const suite = (...checks: readonly string[]): string =>
  [
    'version: 1',
    'name: shop',
    'variables:',
    `  base: ${server.base}`,
    'defaults: { retry: { backoff: 1ms } }',
    'checks:',
    ...checks.map((check) => `  - ${check}`),
  ].join('\n');
const page = (path: string, more = ''): string => `{ name: ${path}, http: { url: "{{base}}/${path}" }${more} }`;
const run = (text: string, ...flags: readonly string[]) => runSmoke(['run', '-', '--allow', '127.0.0.1', ...flags], { stdin: text });
const resultOf = ({ stdout }: { readonly stdout: string }): SuiteResult => JSON.parse(stdout) as SuiteResult;

describe('nightshift smoke run', () => {
  it('tells a line per check and ends with 0 when all pass', async () => {
    const { exitCode, stdout } = await run(suite(page('home'), page('other')));

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^home +passed/m);
    expect(stdout).toMatch(/^passed: 2 passed of 2 checks, in /m);
  });

  it('ends with 1 when a check fails, and shows what was expected, what came and how to ask again', async () => {
    const version = page('version', ', assert: [ { jsonPath: $.version, equals: "{{expected.version}}" } ]');

    const { exitCode, stdout } = await run(suite(version), '--expect-version', '2.4.1');

    expect(exitCode).toBe(1);
    expect(stdout).toContain(`version
  jsonPath $.version equals "2.4.1"
    expected equals "2.4.1"
    got      "2.4.0"
  again: curl -sS -i --compressed ${server.base}/version`);
  });

  it('says which check was flaky and lets it pass, unless it is strict', async () => {
    const loose = await run(suite(page('flaky')));
    const strict = await run(suite(page('flaky')), '--strict');

    expect(loose).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('flaky: 1 flaky (flaky) of 1 check') });
    expect(strict.exitCode).toBe(1);
  });

  it('lets an optional check fail', async () => {
    const { exitCode, stdout } = await run(suite(page('home'), page('missing', ', optional: true')));

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^missing +failed, optional/m);
  });

  it('prints the result as one document, whatever happens on the way', async () => {
    const run1 = await run(suite(page('home'), page('missing')), '-o', 'json');

    expect(run1.exitCode).toBe(1);
    expect(resultOf(run1)).toMatchObject({ version: 1, suite: 'shop', status: 'failed', checks: [{ name: 'home' }, { name: 'missing' }] });
  });

  it('refuses this machine unless the flag or the suite allows it', async () => {
    const text = suite(page('home'));

    const refused = await runSmoke(['run', '-'], { stdin: text });
    const allowed = await runSmoke(['run', '-'], { stdin: `${text}\nallow: [127.0.0.0/8]` });

    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('127.0.0.1 is a loopback address') });
    expect(allowed.exitCode).toBe(0);
  });

  it('takes variables from flags over files over the suite, and from the environment', async () => {
    const folder = await folderWith({ 'one.yaml': 'path: from-file\nother: x\n', 'two.json': '{"other":"from-second-file"}' });
    const text = [
      'version: 1',
      'variables:',
      `  base: ${server.base}`,
      '  path: { value: from-suite }',
      '  other: { value: from-suite }',
      '  user: { env: SMOKE_USER }',
      'checks:',
      '  - { name: a, http: { url: "{{base}}/{{path}}/{{other}}/{{user}}" }, assert: [ { status: 204 } ] }',
    ].join('\n');
    const files = ['--var-file', join(folder, 'one.yaml'), '--var-file', join(folder, 'two.json')];

    const { stdout } = await runSmoke(['run', '-', '--allow', '127.0.0.1', ...files, '--var', 'path=from-flag', '-o', 'json'], {
      stdin: text,
      env: { SMOKE_USER: 'from-env' },
    });

    expect(resultOf({ stdout }).checks[0]?.curl).toContain('/from-flag/from-second-file/from-env');
  });

  it('cuts a suite off at its time, and says what was not run', async () => {
    // It takes connections and never answers.
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const text = suite(page('home', ', dependsOn: [silent]'), `{ name: silent, http: { url: "http://127.0.0.1:${port}/" } }`);

    const ran = await run(text, '--timeout', '300ms', '-o', 'json');
    silent.close();

    expect(ran.exitCode).toBe(1);
    expect(resultOf(ran)).toMatchObject({
      deadlineMs: expect.any(Number),
      checks: [{ outcome: 'skipped' }, { outcome: 'error', attempts: [{ failure: 'timeout' }] }],
    });
  });

  it('writes every report that is asked for, in the place of an older one', async () => {
    const folder = await folderWith({ 'smoke.xml': 'old' });
    const file = (name: string): string => join(folder, name);
    const reports = ['junit=smoke.xml', 'tap=smoke.tap', 'html=smoke.html', 'json=smoke.json'].flatMap((each) => [
      '--report',
      each.replace('=', `=${folder}/`),
    ]);

    const { exitCode, stderr } = await run(suite(page('missing')), ...reports);

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`wrote the junit report to ${file('smoke.xml')}`);
    expect(await readFile(file('smoke.xml'), 'utf8')).toContain('<testsuite name="shop" tests="1" failures="1"');
    expect(await readFile(file('smoke.tap'), 'utf8')).toContain('not ok 1 - missing');
    expect(await readFile(file('smoke.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(JSON.parse(await readFile(file('smoke.json'), 'utf8'))).toMatchObject({ status: 'failed' });
  });

  it('fails when a report cannot be written, and prints the result all the same', async () => {
    const folder = await folderWith();
    await mkdir(join(folder, 'a-directory'));

    const { exitCode, stdout, stderr } = await run(suite(page('home')), '--report', `tap=${join(folder, 'a-directory')}`);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 passed of 1 check');
    expect(stderr).toContain('error: the tap report was not written');
  });
});

describe('bad input ends with 2 before anything is asked:', () => {
  it.each<[string, readonly string[], string]>([
    ['a report of an unknown kind', ['--report', 'pdf=x'], 'kinds are junit, tap, html, json'],
    ['a report without a file', ['--report', 'junit'], 'KIND=FILE'],
    ['two reports in one file', ['--report', 'junit=x', '--report', 'tap=x'], 'given twice'],
    ['a report in a directory that is not there', ['--report', 'junit=/no/such/folder/x.xml'], 'there is no directory /no/such/folder'],
    ['an address that is none', ['--allow', 'localhost'], 'neither address nor range'],
    ['a variable that the suite does not have', ['--var', 'bsae=x'], 'did you mean base?'],
    ['no job at all', ['--jobs', '0'], 'whole number from 1'],
    ['a file of variables that is not there', ['--var-file', '/no/such/file'], '/no/such/file'],
  ])('%s', async (_, flags, message) => {
    const { exitCode, stderr, stdout } = await run(suite(page('home')), ...flags);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('a file of variables whose values are no texts', async () => {
    const folder = await folderWith({ 'vars.yaml': 'base: 2.10\n', 'list.yaml': '- a\n' });

    for (const [name, why] of [
      ['vars.yaml', 'the value of base is no text'],
      ['list.yaml', 'it is no map'],
    ] as const) {
      expect(await run(suite(page('home')), '--var-file', join(folder, name))).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(why),
      });
    }
  });

  it('a variable without a value', async () => {
    const text = suite(page('home')).replace('variables:', 'variables:\n  user: { env: SMOKE_USER_THAT_IS_NOT_SET }');

    const { exitCode, stderr } = await run(text.replace('/home"', '/home/{{user}}"'));

    expect(exitCode).toBe(2);
    expect(stderr).toContain('SMOKE_USER_THAT_IS_NOT_SET is not set');
  });

  it('a suite that cannot be read, with every problem and its line', async () => {
    const { exitCode, stderr } = await run(`${suite(page('home'))}\ndeadlin: 5s\n`);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/standard input:\d+:\d+: deadlin: unknown word/);
  });

  it('a directory', async () => {
    const folder = await folderWith({ 'a.yaml': 'version: 1' });

    expect(await runSmoke(['run', folder])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('it is a directory') });
  });
});

describe('nightshift smoke check', () => {
  it('says that a suite is good, and what is in it', async () => {
    const folder = await folderWith();
    await writeFile(join(folder, 'shop-smoke.yaml'), suite(page('home'), page('other', ', dependsOn: [home]')).replace('name: shop\n', ''));

    const text = await runSmoke(['check', join(folder, 'shop-smoke.yaml')]);
    const json = await runSmoke(['check', join(folder, 'shop-smoke.yaml'), '-o', 'json']);

    expect(text).toMatchObject({ exitCode: 0, stdout: 'shop-smoke is good: 2 checks, 1 variable\n' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      suite: 'shop-smoke',
      checks: [
        { name: 'home', kind: 'http' },
        { name: 'other', dependsOn: ['home'] },
      ],
      variables: [{ name: 'base', from: 'value', secret: false }],
    });
  });

  it('warns of what is never used', async () => {
    const { exitCode, stderr } = await runSmoke(['check', '-'], {
      stdin: suite(page('home')).replace('variables:', 'variables:\n  unused: x'),
    });

    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: .*unused/m);
  });
});
