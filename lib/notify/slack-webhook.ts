import { type Clock, systemClock } from '../platform/clock.ts';
import { retry } from '../platform/retry.ts';
import { parseRetryAfter } from '../platform/retry-after.ts';
import type { Secret } from '../platform/secret.ts';
import type { Notifier } from './notifier.ts';
import { NotifyError } from './notify-error.ts';
import { slackText } from './slack-message.ts';

export interface SlackWebhookOptions {
  readonly clock?: Clock;
  /** Per request, in milliseconds; 5 seconds unless told. */
  readonly timeoutMs?: number;
  /** The longest Retry-After worth waiting for; 3 seconds unless told, because a run that reports a failure is short of time. */
  readonly longestWaitMs?: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | undefined;
}

class TooManyRequests extends NotifyError {
  readonly waitMs: number | undefined;

  constructor(waitMs: number | undefined) {
    super('Slack was not told: it asked to slow down (429)', {
      channel: 'slack',
      status: 429,
      hint: 'send fewer messages to this webhook',
    });
    this.waitMs = waitMs;
  }
}

/**
 * Posts to an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). The URL is the credential.
 * A 429 is honoured once; nothing else is sent again, since Slack may have posted what it did not confirm.
 * @throws NotifyError (or the signal's reason); never with a cause, because axios keeps the URL on its errors
 */
export function slackWebhook(url: Secret, options: SlackWebhookOptions = {}): Notifier {
  const { clock = systemClock, timeoutMs = 5_000, longestWaitMs = 3_000 } = options;
  return {
    notify: (notification, signal) => {
      const text = slackText(notification);
      const send = async (): Promise<void> => check(await post(url, text, { timeoutMs, signal }), clock.now());
      return retry(send, {
        policy: { attempts: 2, baseMs: 500, capMs: longestWaitMs },
        clock,
        random: () => 0,
        ...(signal ? { signal } : {}),
        retryAfter: (error) =>
          error instanceof TooManyRequests && (error.waitMs ?? 0) <= longestWaitMs ? (error.waitMs ?? 500) : undefined,
      });
    },
  };
}

async function post(
  url: Secret,
  text: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
): Promise<Answer> {
  if (!isPrivate(url.reveal())) {
    throw new NotifyError('Slack was not told: the stored webhook URL is not an https URL', {
      channel: 'slack',
      hint: 'store the URL again, as Slack shows it: it begins with https://',
    });
  }
  // Loaded when a message is sent, which most runs never do: axios costs 46 ms of start-up.
  const { default: axios } = await import('axios');
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await axios.post<unknown>(
      url.reveal(),
      { text },
      {
        timeout: timeoutMs,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        maxRedirects: 0,
        maxContentLength: 10_000,
        responseType: 'text',
        validateStatus: () => true,
      },
    );
    const retryAfter: unknown = answer.headers['retry-after'];
    return { status: answer.status, body: String(answer.data).trim(), retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(error, limit.aborted ? timeoutMs : undefined);
  }
}

/** The URL is the credential, so it travels encrypted, or does not leave the machine. */
function isPrivate(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname));
}

/** Only `200 ok` means that people can read it. */
function check({ status, body, retryAfter }: Answer, now: number): void {
  if (status === 429) throw new TooManyRequests(parseRetryAfter(retryAfter, now));
  if (status === 200 && body === 'ok') return;
  // Slack's codes are words such as no_service; anything else is a proxy talking, and stays out of messages.
  const code = /^[a-z_]{1,60}$/.test(body) ? `${body} (${status})` : `status ${status}`;
  throw new NotifyError(`Slack was not told: ${code}`, { channel: 'slack', status, hint: hintFor(status, body) });
}

function hintFor(status: number, body: string): string {
  if (status >= 500) return 'Slack has trouble of its own: see https://slack-status.com';
  if (body === 'channel_is_archived' || body === 'channel_not_found')
    return 'the channel of this webhook is gone: make a webhook for another one';
  if (body === 'invalid_payload') return 'Slack rejected the message itself: please report this';
  return 'the webhook was revoked or its URL is wrong: make a new one and store its URL in the parameter';
}

function unreachable(error: unknown, timedOutAfterMs: number | undefined): NotifyError {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  const timedOut = timedOutAfterMs !== undefined || code === 'ECONNABORTED' || code === 'ETIMEDOUT';
  const why = timedOut ? 'no answer in time' : typeof code === 'string' ? code : 'the request could not be made';
  return new NotifyError(`Slack was not told: ${why}`, { channel: 'slack', hint: 'check the network path to Slack (NAT, proxy)' });
}
