import { describe, expect, it } from 'vitest';
import { runCli } from '../../unit/cli/run-cli.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';
import { Shop } from './shop.ts';

const shop = Shop.forEachTest();

describe('invoke', () => {
  it('runs the function on a kubeconfig with an event from standard input', async () => {
    const here = await shop.place();

    const result = await shop.cli(['invoke', 'scale-dev-nightly', '--event', '-', '-o', 'json'], here, {
      stdin: '{"action":"sleep","cluster":"dev-eu"}',
    });

    expect(result.exitCode).toBe(0);
    expect(result.json()).toMatchObject({ job: 'scale-dev-nightly', counts: { slept: 2 } });
    expect(shop.replicas()).toEqual([0, 0]);
  });

  it('changes nothing with --dry-run', async () => {
    const folder = await folderWith({ 'event.json': '{"action":"sleep"}' });

    const result = await shop.cli(['invoke', 'scale-dev-nightly', '--dry-run', '--event', `${folder}/event.json`], await shop.place());

    expect(result.exitCode).toBe(0);
    expect(shop.replicas()).toEqual([3, 3]);
  });

  it.each([
    ['{"action":"slep"}', 'action'],
    ['{"action":"sleep","force":true}', 'force'],
    ['{"action":', 'cannot be read'],
    ['', 'it is empty'],
  ])('refuses the event %s', async (stdin, why) => {
    const result = await shop.cli(['invoke', 'scale-dev-nightly', '--event', '-'], await shop.place(), { stdin });

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(why);
  });

  it('names what the environment lacks when there is no kubeconfig', async () => {
    const result = await runCli(['invoke', 'scale-dev-nightly'], { env: {} });

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('NIGHTSHIFT_STATE_BUCKET');
  });
});
