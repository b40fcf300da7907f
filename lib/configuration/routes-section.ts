import * as z from 'zod';
import { emailAddress, parameterName } from './words.ts';

const slackSchema = z.strictObject({
  webhookParameter: parameterName.describe('the SSM parameter (a SecureString that you create) with the URL of a Slack webhook'),
});

/** Whom Nightshift tells. */
export const routesSchema = z.strictObject({
  email: z
    .array(emailAddress)
    .default([])
    .describe('addresses that hear of every alarm, by SNS; each has to confirm once')
    .meta({ examples: [['platform@example.com']] }),
  slack: slackSchema
    .optional()
    .describe('the Slack channel that hears of failed runs')
    .meta({ examples: [{ webhookParameter: '/nightshift/slack-webhook' }] }),
});
