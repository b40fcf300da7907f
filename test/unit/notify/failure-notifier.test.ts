import { afterEach, describe, expect, it } from 'vitest';
import { failureNotifier } from '../../../lib/notify/failure-notifier.ts';
import type { ParameterSource } from '../../../lib/platform/parameters.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';
import { steppingClock } from '../../support/recorders.ts';

let receiver: HttpReceiver | undefined;
afterEach(() => receiver?.close());

const clock = steppingClock(0);

function parametersWith(values: Record<string, string>): ParameterSource {
  const value = (name: string): string => {
    const found = values[name];
    if (found === undefined) throw new Error(`no parameter ${name}`);
    return found;
  };
  return { get: async () => Promise.reject(new Error('a webhook is a secret')), secret: async (name) => new Secret(value(name)) };
}

describe('failureNotifier', () => {
  it('is nobody when no channel is configured', async () => {
    expect(await failureNotifier({}, { parameters: parametersWith({}), clock })).toBeUndefined();
  });

  it('speaks to the webhook that the named parameter holds', async () => {
    receiver = await httpReceiver((response) => response.end('ok'));
    const parameters = parametersWith({ '/nightshift/slack': `${receiver.url}/hook` });

    const notifier = await failureNotifier({ NIGHTSHIFT_SLACK_WEBHOOK_PARAMETER: '/nightshift/slack' }, { parameters, clock });
    await notifier?.notify({ title: 't', lines: [], severity: 'critical', runId: 'r', job: 'j' });

    expect(receiver.requests.map((request) => request.path)).toEqual(['/hook']);
  });

  it('fails when the parameter can not be read', async () => {
    const asked = failureNotifier({ NIGHTSHIFT_SLACK_WEBHOOK_PARAMETER: '/gone' }, { parameters: parametersWith({}), clock });

    await expect(asked).rejects.toThrow('no parameter /gone');
  });
});
