import { describe, expect, it, onTestFinished } from 'vitest';
import { type CiWorld, startCiWorld } from '../../../../sandbox/ci/world.ts';
import { type CliResult, runCli } from '../../cli/run-cli.ts';

/** A second passes with every look at the clock. */
async function world(): Promise<CiWorld> {
  let now = Date.parse('2026-03-30T12:00:00Z');
  const clock = {
    now: () => {
      now += 1_000;
      return now;
    },
  };
  const started = await startCiWorld({ clock });
  onTestFinished(() => started.close());
  return started;
}

describe('Jenkins and GitHub of the sandbox', () => {
  it.each([
    [['jenkins', 'shop/deploy', '--param', 'VERSION=1.4.2'], 0, 'shop/deploy #1: SUCCESS'],
    [['jenkins', 'shop/broken'], 1, '| not ok 3 - total is rounded'],
    [['jenkins', 'shop/unstable', '--unstable-ok'], 0, 'UNSTABLE'],
    [['jenkins', 'shop/endless'], 1, 'it goes on'],
    [['jenkins', 'shop/stuck'], 1, 'There are no nodes with the label'],
    [['jenkins', 'shop/disabled'], 1, ''],
    [['github', 'octo-org/shop', 'deploy.yml', '--ref', 'main'], 0, ': success'],
    [['github', 'octo-org/shop', 'broken.yml', '--ref', 'main'], 1, ': failure'],
    [['github', 'octo-org/shop', 'approval.yml', '--ref', 'main'], 1, 'wants an approval'],
    [['github', 'octo-org/shop', 'push-only.yml', '--ref', 'main'], 2, ''],
  ])('show how it goes: %j', async (args, exitCode, shown) => {
    const sandbox = await world();

    const result: CliResult = await runCli(
      ['trigger', ...args, '--wait', '--timeout', shown.match(/goes on|no nodes|approval/) ? '1s' : '15s'],
      { env: sandbox.env() },
    );

    expect(result).toMatchObject({ exitCode, stdout: expect.stringContaining(shown) });
  });
});
