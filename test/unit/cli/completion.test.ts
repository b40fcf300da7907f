import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

async function complete(...words: string[]): Promise<string[]> {
  const { stdout } = await runCli(['__complete', '--', ...words]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '');
}

describe('candidates', () => {
  it('are the commands at the beginning, with what they do', async () => {
    const { stdout } = await runCli(['__complete', '--', '']);

    expect(stdout).toMatch(/^sleep\tput to sleep now/m);
    expect(stdout).not.toContain('__complete');
    expect(await complete('re')).toEqual(['reconcile', 'restore']);
    expect(await complete('schedule', '')).toEqual(['test', 'next', 'help']);
  });

  it('are the flags of the command after a dash', async () => {
    expect(await complete('restore', '--r')).toEqual(['--run', '--region', '--role-arn']);
    expect(await complete('schedule', 'next', 'always', '--co')).toEqual(['--count']);
  });

  it('are the values of a flag, also where bash splits at the equals sign', async () => {
    expect(await complete('plan', '--output', '')).toEqual(['text', 'json', 'yaml']);
    expect(await complete('plan', '--dialect', '=', 'p')).toEqual(['py']);
    expect(await complete('plan', '--dialect', '=')).toEqual(['nightshift', 'py', 'go']);
    expect(await complete('plan', '-o', 'j')).toEqual(['json']);
  });

  it('are left to the shell where a file is meant, and are none where anything is', async () => {
    expect(await complete('plan', '-f', 'man')).toEqual([':files']);
    expect(await complete('sleep', '--kubeconfig', '')).toEqual([':files']);
    expect(await complete('config', 'check', 'night')).toEqual([':files']);
    expect(await complete('sleep', '--context', '')).toEqual([]);
  });

  it('are the choices of an argument', async () => {
    expect(await complete('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await complete('invoke', 's')).toEqual(['scale-dev-nightly']);
  });

  it('do not take the value of a flag for a command', async () => {
    expect(await complete('--output', 'json', 'wa')).toEqual(['wake']);
    expect(await complete('sleep', '--context', 'plan', '--role')).toEqual(['--role-arn']);
  });
});

describe('completion scripts', () => {
  it.each(['bash', 'zsh', 'fish'])('for %s ask the program itself', async (shell) => {
    const text = await runCli(['completion', shell]);
    const json = await runCli(['completion', shell, '-o', 'json']);

    expect(text.stdout).toContain('__complete --');
    expect(json.json()).toEqual({ shell, script: text.stdout.trimEnd() });
  });

  it('complete in a real bash, descriptions left out', async () => {
    const { stdout: script } = await runCli(['completion', 'bash']);
    const root = join(import.meta.dirname, '../../..');
    const folder = await folderWith({ nightshift: `#!/bin/sh\nexec ${process.execPath} ${root}/bin/nightshift.ts "$@"\n`, script });
    await chmod(join(folder, 'nightshift'), 0o755);
    const typed = 'COMP_WORDS=(nightshift schedule ne); COMP_CWORD=2; _nightshift; echo "$COMPREPLY"';

    const { stdout } = await promisify(execFile)('bash', ['-c', `source ${folder}/script; ${typed}`], {
      env: { PATH: `${folder}:${process.env.PATH}` },
    });

    expect(stdout).toBe('next\n');
  });
});
