import type { Clock } from '../platform/clock.ts';
import { SLACK_WEBHOOK_PARAMETER_VARIABLE } from '../platform/environment-names.ts';
import type { Environment } from '../platform/job-definition.ts';
import type { ParameterSource } from '../platform/parameters.ts';
import type { Notifier } from './notifier.ts';

/**
 * The channel that hears of failed runs, or `undefined` when none is configured. It depends on one variable and not on the job's own
 * configuration, so that a run can tell even of a broken configuration.
 * @throws ParameterError when the webhook's URL can't be read
 */
export async function failureNotifier(
  env: Environment,
  { parameters, clock }: { readonly parameters: ParameterSource; readonly clock: Clock },
): Promise<Notifier | undefined> {
  const parameter = env[SLACK_WEBHOOK_PARAMETER_VARIABLE];
  if (!parameter) return undefined;
  const url = await parameters.secret(parameter);
  const { slackWebhook } = await import('./slack-webhook.ts');
  return slackWebhook(url, { clock });
}
