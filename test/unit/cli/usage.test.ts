import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { runCli } from './run-cli.ts';

const COMMANDS = [
  ['plan'],
  ['sleep'],
  ['wake'],
  ['reconcile'],
  ['restore'],
  ['schedule', 'test'],
  ['schedule', 'next'],
  ['status'],
  ['smoke', 'run'],
  ['smoke', 'check'],
  ['trigger', 'jenkins'],
  ['trigger', 'github'],
  ['manifest', 'render'],
  ['manifest', 'promote'],
  ['manifest', 'patch'],
  ['init'],
  ['config', 'check'],
  ['config', 'schema'],
  ['invoke'],
  ['sandbox'],
  ['terraform', 'outputs'],
  ['terraform', 'plan'],
  ['completion'],
];

describe('help and version', () => {
  it('prints the version of the package', async () => {
    const text = await runCli(['--version']);
    const json = await runCli(['--version', '-o', 'json']);

    expect(text).toMatchObject({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
    expect(json.json()).toEqual({ version: manifest.version });
  });

  it('lists every command', async () => {
    const result = await runCli(['--help']);

    expect(result.exitCode).toBe(0);
    for (const [name] of COMMANDS) expect(result.stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect(result.stdout).not.toContain('__complete');
  });

  it.each(COMMANDS)('shows examples for %s %s', async (...words) => {
    const result = await runCli([...words.filter((word) => word !== undefined), '--help']);

    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/Examples:\n {2}# .+\n {2}.*(nightshift|kubectl)/);
    expect(result.stdout).toContain('-o, --output <format>');
  });

  it('is one document with -o json too', async () => {
    const result = await runCli(['plan', '--help', '-o', 'json']);

    expect(result.json()).toEqual({ help: expect.stringContaining('Usage: nightshift plan') });
  });

  it('shows the help on standard error when there is no command', async () => {
    const result = await runCli([]);

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain('Usage: nightshift');
    expect(result.stderr).toContain('error: no command was given');
  });
});

describe('mistakes on the command line', () => {
  it.each([
    [['slep'], "unknown command 'slep'", 'did you mean sleep?'],
    [['schedule', 'tset', 'always'], "unknown command 'tset'", 'did you mean test?'],
    [['plan', '--grace-perod', '5'], "unknown option '--grace-perod'", 'did you mean --grace-period?'],
    [['plan', '--dialect', 'pyhton'], 'pyhton', ''],
    [['plan', '-o', 'xml'], 'xml', ''],
    [['plan', '--grace-period', '-5'], 'whole number from 0 on', ''],
    [['plan', '--kinds', 'DaemonSet'], 'There is no DaemonSet among', ''],
    [['plan', '--exclude-namespaces', '(dev'], 'egular expression', ''],
    [['plan', '--concurrency', '65'], 'from 1 to 64', ''],
    [['plan', '--timeout', 'soon'], 'a duration such as 90s', ''],
    [['plan', '--timeout', '0'], 'longer than zero', ''],
    [['plan', '--verbose', '--quiet'], 'cannot be used with', ''],
    [['plan', '--cluster', 'dev', '--context', 'kind'], 'cannot be used with', ''],
    [['plan', '--region', 'eu-central-1'], 'no --cluster is given', 'add --cluster NAME'],
    [['plan', '--kubeconfig', ''], 'It is empty', ''],
    [['plan', '--context', ''], 'It is empty', ''],
    [['sleep', '--cluster', ''], 'It is empty', ''],
    [['sleep', '--state-bucket', ' '], 'It is empty', ''],
    [['sleep', '-n', ','], 'It is empty', ''],
    [['sleep', '-n', 'Shop'], '"Shop" cannot be a namespace', ''],
    [['sleep', '-n', 'shop', '-n', '../x'], '"../x" cannot be a namespace', ''],
    [['sleep', '-n', 'a'.repeat(64)], 'cannot be a namespace: up to 63', ''],
    [['plan', '--at', 'tomorrow'], 'ISO 8601 with a zone', ''],
    [['plan', '--at', '2026-02-30T00:00:00Z'], 'no such day', ''],
    [['plan', '--at', '2026-03-30T07:00'], 'has no zone: add Z or an offset', ''],
    [['restore', '--run', '../../etc'], 'Give the id that the report of the run names', ''],
    [['help', 'slep'], "unknown command 'slep'", 'choose one of the commands'],
    [['plan', '-f', 'x.yaml', '--cluster', 'dev'], 'not of both', ''],
    [['plan', 'extra'], 'too many arguments', ''],
    [['config', 'chekc'], "unknown command 'chekc'", 'did you mean check?'],
    [['init', '--clutser', 'dev'], "unknown option '--clutser'", 'did you mean --cluster?'],
    [['restore'], "'--run <id>' not specified", ''],
    [['status'], "'-f, --filename <path>' not specified", ''],
    [['status', '-f', 'x', '--mode', 'helm'], 'verdict, kstatus, kubectl', ''],
    [['schedule', 'test'], "missing required argument 'spec'", ''],
    [['invoke', 'scale-dev-nightli'], 'scale-dev-nightly', ''],
    [['terraform', 'outptus'], "unknown command 'outptus'", 'did you mean outputs?'],
    [['manifest', 'set', 'x.yaml', '-1=c'], "unknown option '-1=c'", "write it as '[-1]=c', or put -- in front of it"],
    [['manifest', 'set', 'x.yaml', '-1.name=c'], "unknown option '-1.name=c'", "write it as '[-1].name=c', or put -- in front of it"],
    [['manifest', 'set', 'x.yaml', '--crate=1'], "unknown option '--crate", 'did you mean --create?'],
    [['terraform', 'plan'], "'-f, --filename <file>' not specified", ''],
    [['terraform', 'plan', '-f', 'x', '--fail-on', 'drift'], 'destroy, replace, change', ''],
    [['terraform', 'outputs', '--format', 'toml'], 'json, env, github, values, ssm', ''],
    [['terraform', 'outputs', '-f', 'x', '--dir', 'y'], 'cannot be used with', ''],
    [['terraform', 'outputs', '-f', 'x', '--program', 'tofu'], 'cannot be used with', ''],
    [['terraform', 'outputs', '--export'], '--export needs --format env', 'leave --export out'],
    [['terraform', 'outputs', '--put', '--format', 'env'], '--put needs --format ssm', ''],
    [['terraform', 'outputs', '--put', '--format', 'ssm'], '--put needs --prefix', ''],
    [['terraform', 'outputs', '--prefix', 'x', '--format', 'json'], '--prefix needs --format env, github, ssm', ''],
    [['terraform', 'outputs', '--stdout', '--format', 'values'], '--stdout needs --format github', ''],
    [['terraform', 'outputs', '--github-file', 'env'], '--github-file needs --format github', ''],
    [['terraform', 'outputs', '--region', 'eu-west-1'], '--region needs --format ssm', ''],
    [['terraform', 'outputs', '--name', ''], 'It is empty', ''],
    [['completion', 'tcsh'], 'bash, zsh, fish', ''],
    [['sandbox', '--port', '8443'], 'need --serve', 'add --serve'],
  ])('%j: %s', async (argv, message, hint) => {
    const text = await runCli(argv);
    const json = await runCli([...argv, '-o', 'json']);

    expect(text).toMatchObject({ exitCode: 2, stdout: '' });
    expect(text.stderr).toContain(message);
    expect(text.stderr).toContain(hint);
    expect(json.exitCode).toBe(2);
    if (!argv.includes('-o'))
      expect(json.json()).toEqual({
        error: { code: 'usage', message: expect.stringContaining(message), hint: expect.stringContaining(hint) },
      });
  });

  it('takes the output format before and after the command, glued or not', async () => {
    for (const argv of [
      ['-o', 'json', 'schedule', 'test', ''],
      ['schedule', 'test', '', '-ojson'],
      ['--output=json', 'schedule', 'test', ''],
      ['schedule', 'test', '--output', 'json', ''],
    ]) {
      expect((await runCli(argv)).json()).toMatchObject({ error: { code: 'invalid_spec' } });
    }
  });

  it('writes the document as YAML on request', async () => {
    const result = await runCli(['schedule', 'test', 'always', '-o', 'yaml']);

    expect(result.stdout).toBe('matches: true\n');
  });
});
