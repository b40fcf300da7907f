import * as z from 'zod';
import { oneLine } from './schema-words.ts';
import { VARIABLE_NAME } from './template.ts';

const NAMESPACE = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const OBJECT = '[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?';
const KEY = '[A-Za-z0-9._-]{1,253}';

/** `secret shop/login#password`, `configMap shop/web#VERSION`, `ssm /shop/token`, `secretsManager shop/api#key`. */
export const FROM: RegExp = new RegExp(
  `^(?:(configMap|secret) +(${NAMESPACE})/(${OBJECT})#(${KEY})|(ssm) +(/[A-Za-z0-9_./-]{1,1010})|(secretsManager) +([A-Za-z0-9/_+=.@:-]{1,512})(?:#(.{1,256}))?)$`,
);

const secret = z.boolean().optional();
const BY_NAME =
  'Taken out of every report; true for names that end in words such as password, token or apiKey where it does not say otherwise';

export const variableSchema = z
  .union([
    z.string(),
    z.strictObject({ value: z.string().describe('The text itself'), secret: secret.describe('Taken out of every report') }),
    z.strictObject({
      from: z
        .string()
        .regex(FROM, 'must be configMap NAMESPACE/NAME#KEY, secret NAMESPACE/NAME#KEY, ssm /NAME or secretsManager NAME#KEY')
        .describe('Where the text is kept; a ConfigMap alone is not secret'),
      secret: secret.describe('Whether it is taken out of every report; true where `from` does not say otherwise'),
    }),
    z.strictObject({
      env: oneLine.describe('The name of an environment variable; for the command line alone'),
      secret: secret.describe(BY_NAME),
    }),
    z.strictObject({
      given: z.literal(true).describe('The caller gives it: --var NAME=TEXT, or the event'),
      secret: secret.describe(BY_NAME),
    }),
  ])
  .meta({ examples: ['https://shop.example.com', { from: 'secret shop/web-login#password' }, { env: 'SMOKE_USER' }] });

export const variablesSchema = z.record(
  z.string().regex(VARIABLE_NAME, 'must be a letter, and letters, digits, _ and - behind it'),
  variableSchema,
);
