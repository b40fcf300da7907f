import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';
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

  describe('with a channel for failed runs', () => {
    // One for all of them: the process keeps its AWS client, as a warm function does.
    let aws: AwsSandbox;
    let slack: HttpReceiver;
    beforeAll(async () => {
      aws = await startAwsSandbox();
      slack = await httpReceiver((response) => response.end('ok'));
      aws.setParameter('/nightshift/slack', { type: 'SecureString', value: `${slack.url}/hook` });
      for (const [name, value] of Object.entries(aws.env())) vi.stubEnv(name, value);
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await Promise.all([aws.close(), slack.close()]);
    });
    const env = (): Record<string, string> => ({ ...aws.env(), NIGHTSHIFT_SLACK_WEBHOOK_PARAMETER: '/nightshift/slack' });

    it.each([[[]], [['--dry-run']]])('tells it of a run that failed, as the function does, with the flags %j', async (flags) => {
      const before = slack.requests.length;
      shop.sandbox.faults.add({ verb: 'list', status: 403, times: Number.POSITIVE_INFINITY });

      const result = await shop.cli(['invoke', 'scale-dev-nightly', ...flags], await shop.place(), { env: env() });

      expect(result.exitCode).toBe(1);
      expect(slack.requests.slice(before)).toMatchObject([{ path: '/hook', body: expect.stringContaining('scale-dev-nightly failed') }]);
    });

    it('tells it nothing of a run that did its job, nor of one that a person interrupted', async () => {
      const before = slack.requests.length;

      const result = await shop.cli(['invoke', 'scale-dev-nightly'], await shop.place(), { env: env() });
      const interrupted = await shop.cli(['invoke', 'scale-dev-nightly'], await shop.place(), {
        env: env(),
        signal: AbortSignal.abort(new Error('^C')),
      });

      expect([result.exitCode, interrupted.exitCode]).toEqual([0, 1]);
      expect(slack.requests.slice(before)).toEqual([]);
    });
  });

  it('names what the environment lacks when there is no kubeconfig', async () => {
    const result = await runCli(['invoke', 'scale-dev-nightly'], { env: {} });

    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('NIGHTSHIFT_STATE_BUCKET');
  });
});
