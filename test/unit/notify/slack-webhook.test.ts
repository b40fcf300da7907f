import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Notification } from '../../../lib/notify/notifier.ts';
import { NotifyError } from '../../../lib/notify/notify-error.ts';
import { type SlackWebhookOptions, slackWebhook } from '../../../lib/notify/slack-webhook.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';
import { steppingClock } from '../../support/recorders.ts';

const path = '/services/T000/B000/planted';
const notification: Notification = {
  title: 'scale-dev-nightly failed: cluster <dev> & its API',
  lines: ['dev/payments/Deployment/api: 403'],
  severity: 'critical',
  runId: '20260330T230000Z-ab12cd',
  job: 'scale-dev-nightly',
};

let receiver: HttpReceiver | undefined;

afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

/** Slack, as far as it answers like this. */
async function slack(answer: (response: ServerResponse, n: number) => void): Promise<HttpReceiver> {
  receiver = await httpReceiver(answer);
  return receiver;
}

async function send(to: string, options: SlackWebhookOptions = {}, signal?: AbortSignal): Promise<unknown> {
  return slackWebhook(new Secret(to), options)
    .notify(notification, signal)
    .then(
      () => 'told',
      (error: unknown) => error,
    );
}

describe('slackWebhook', () => {
  it('posts one escaped message as JSON', async () => {
    const { url, requests } = await slack((response) => response.end('ok'));

    expect(await send(url + path)).toBe('told');

    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path, headers: { 'content-type': expect.stringContaining('application/json') } });
    expect(JSON.parse(requests[0]!.body)).toEqual({
      text: [
        ':rotating_light: *scale-dev-nightly failed: cluster &lt;dev&gt; &amp; its API*',
        '• dev/payments/Deployment/api: 403',
        '_scale-dev-nightly, run 20260330T230000Z-ab12cd_',
      ].join('\n'),
    });
  });

  it('waits as long as a 429 asks, once', async () => {
    const clock = steppingClock(0);
    const { url, requests } = await slack((response, n) => {
      if (n === 0) response.writeHead(429, { 'retry-after': '2' }).end('rate_limited');
      else response.end('ok');
    });

    expect(await send(url + path, { clock })).toBe('told');

    expect(requests).toHaveLength(2);
    expect(clock.now()).toBe(2_000);
  });

  it('gives up after the second 429', async () => {
    const { url, requests } = await slack((response) => response.writeHead(429, { 'retry-after': '1' }).end());

    expect(await send(url + path, { clock: steppingClock(0) })).toMatchObject({ name: 'TooManyRequests', code: 'notify', status: 429 });
    expect(requests).toHaveLength(2);
  });

  it('does not wait for longer than a failing run can afford', async () => {
    const clock = steppingClock(0);
    const { url, requests } = await slack((response) => response.writeHead(429, { 'retry-after': '30' }).end());

    expect(await send(url + path, { clock })).toMatchObject({ status: 429 });
    expect([requests.length, clock.now()]).toEqual([1, 0]);
  });

  it.each([
    [404, 'no_service', 'Slack was not told: no_service (404)', 'revoked'],
    [403, 'invalid_token', 'Slack was not told: invalid_token (403)', 'revoked'],
    [410, 'channel_is_archived', 'Slack was not told: channel_is_archived (410)', 'channel'],
    [400, 'invalid_payload', 'Slack was not told: invalid_payload (400)', 'message itself'],
    [500, 'rollup_error', 'Slack was not told: rollup_error (500)', 'slack-status'],
    [502, '<html>proxy says https://hooks.slack.com/planted</html>', 'Slack was not told: status 502', 'slack-status'],
    [200, '<html>log in to the wifi</html>', 'Slack was not told: status 200', 'URL is wrong'],
    [302, '', 'Slack was not told: status 302', 'URL is wrong'],
  ])('fails for good on %i %s', async (status, body, message, hint) => {
    const { url, requests } = await slack((response) => response.writeHead(status, status === 302 ? { location: '/login' } : {}).end(body));

    const error = await send(url + path);

    expect(error).toBeInstanceOf(NotifyError);
    expect(error).toMatchObject({ message, status, channel: 'slack', hint: expect.stringContaining(hint) });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['never answers', () => {}],
    [
      'stalls in the middle of its answer',
      (response: ServerResponse) => void response.writeHead(200, { 'content-length': '2' }).write('o'),
    ],
  ])('stops waiting for a server that %s', async (_, answer) => {
    const { url } = await slack(answer);

    expect(await send(url + path, { timeoutMs: 40 })).toMatchObject({ message: 'Slack was not told: no answer in time', code: 'notify' });
  });

  it('says when nobody listens', async () => {
    const { url, close } = await slack(() => {});
    await close();
    receiver = undefined;

    expect(await send(url + path)).toMatchObject({ message: 'Slack was not told: ECONNREFUSED', hint: expect.stringContaining('network') });
  });

  it.each(['planted', 'http://hooks.slack.com/services/planted', 'ftp://planted/x'])(
    'sends nothing to %s, which is no address to tell a secret to',
    async (stored) => {
      expect(await send(stored)).toMatchObject({
        message: 'Slack was not told: the stored webhook URL is not an https URL',
        hint: expect.stringContaining('store the URL again'),
      });
    },
  );

  it('ends with the reason of its caller when the caller gives up', async () => {
    const { url } = await slack(() => {});
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('out of time')), 20);

    expect(await send(url + path, {}, controller.signal)).toEqual(new Error('out of time'));
  });

  it('never shows the URL, whatever goes wrong', async () => {
    const failures: unknown[] = [await send('planted'), await send('http://127.0.0.1:1/planted'), await send('ftp://planted/x')];
    for (const status of [404, 429, 500]) {
      const { url, close } = await slack((response) => response.writeHead(status).end('planted says no'));
      failures.push(await send(url + path, { clock: steppingClock(0) }));
      await close();
    }

    for (const failure of failures) {
      expect(failure).toBeInstanceOf(NotifyError);
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/planted(?! says)|services\/T000/);
    }
  });
});
