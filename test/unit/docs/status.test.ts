import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STATUS_MODES } from '../../../lib/rollout/status/modes.ts';
import { OUTCOMES } from '../../../lib/rollout/verdict/outcome.ts';
import { runCli } from '../cli/run-cli.ts';

const page = readFileSync(new URL('../../../docs/status.md', import.meta.url), 'utf8');
const rows = page.slice(page.indexOf('## The three modes'), page.indexOf('## Where they differ'));

describe('the page on status', () => {
  it('has a row for each mode, with its words', () => {
    expect([...rows.matchAll(/^\| `(\w+)`/gm)].map(([, mode]) => mode)).toEqual([...STATUS_MODES]);
    for (const word of [...OUTCOMES, 'Current', 'InProgress', 'Failed', 'Terminating', 'wait', 'error'])
      expect(rows).toContain(`\`${word}\``);
  });

  it('names every flag of the command, save those of every command', async () => {
    const { stdout: global } = await runCli(['completion', '--help']);
    const { stdout: help } = await runCli(['status', '--help']);
    const flags = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag).filter((flag) => !global.includes(flag));

    expect(flags.sort()).toEqual(['--at', '--filename', '--mode']);
    for (const flag of flags) expect(page).toContain(flag === '--filename' ? 'status -f' : flag);
  });

  it('shows what the command prints', async () => {
    const container = (name: string, state: object, more: object = {}): object => ({ name, state, ...more });
    const metadata = (name: string, more: object = {}): object => ({ name, namespace: 'shop', ...more });
    const objects = [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: metadata('web', { generation: 2 }),
        spec: { replicas: 2, paused: true },
        status: { observedGeneration: 2, replicas: 2, updatedReplicas: 0, readyReplicas: 2, availableReplicas: 2 },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: metadata('web-5c9-x2x1'),
        spec: { containers: [{ name: 'web' }, { name: 'proxy' }] },
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
          containerStatuses: [
            container('web', { running: {} }, { ready: true }),
            container('proxy', { waiting: { reason: 'CrashLoopBackOff' } }, { lastState: { terminated: { exitCode: 2 } } }),
          ],
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: metadata('db', { generation: 1 }),
        spec: { replicas: 3, minReadySeconds: 60, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } },
        status: { observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 1 },
      },
    ];

    const { stdout } = await runCli(['status', '-f', '-'], { stdin: JSON.stringify({ kind: 'List', items: objects }) });

    expect(page).toContain(stdout);
  });
});
