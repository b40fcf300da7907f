import * as z from 'zod';
import { FAILURE_CLASSES } from '../failure-class.ts';
import { assertionSchema, captureSchema } from './assertion-schema.ts';
import { dnsSchema, grpcSchema, httpSchema, tcpSchema, tlsProbeSchema, tlsSchema } from './probe-schemas.ts';
import { bodySize, checkName, duration, headers, oneLine, someTime } from './schema-words.ts';
import { VARIABLE_NAME } from './template.ts';
import { variablesSchema } from './variable-schema.ts';

export const PROBE_WORDS = ['http', 'tcp', 'tls', 'dns', 'grpc'] as const;

const retrySchema = z.strictObject({
  attempts: z.int().min(1).max(100).optional().describe('How often it is tried at most; 3 unless said'),
  on: z
    .array(z.enum(FAILURE_CLASSES).exclude(['refused']))
    .optional()
    .describe('After which failures; dns, connect, tls, timeout, 429 and 5xx unless said'),
  backoff: duration.optional().describe('Before the second attempt, doubled before each one after it; 200ms unless said'),
  maxBackoff: duration.optional().describe('The longest wait; 5s unless said'),
  jitter: z.boolean().optional().describe('Whether waits are shortened by chance, so that many do not come at once; true unless said'),
});

const common = {
  timeout: someTime.optional().describe('Of one attempt; 10s unless said'),
  retry: retrySchema.optional().describe('When it is tried again'),
  degradedOver: someTime.optional().describe('An answer that takes longer degrades the result'),
  maxBody: bodySize.optional().describe('The largest body that is read, up to 32MiB; 1MiB unless said'),
};

const probes = {
  http: httpSchema.optional().describe('Asks a web server'),
  tcp: tcpSchema.optional().describe('Connects to a port'),
  tls: tlsProbeSchema.optional().describe('Looks at the certificate of a port'),
  dns: dnsSchema.optional().describe('Looks a name up'),
  grpc: grpcSchema.optional().describe('Asks grpc.health.v1'),
};

const oneProbe = { oneOf: PROBE_WORDS.map((word) => ({ required: [word] })) };

export const checkSchema = z
  .strictObject({
    name: checkName.describe('What it is called; no other check may be'),
    ...probes,
    assert: z.array(assertionSchema).max(100).optional().describe('What must hold of the answer'),
    capture: z
      .record(z.string().regex(VARIABLE_NAME, 'must be a letter, and letters, digits, _ and - behind it'), captureSchema)
      .optional()
      .describe('Values of the answer by the names that later checks use'),
    dependsOn: z.array(checkName).optional().describe('Checks that must succeed before; those whose captures are used are among them'),
    ...common,
    successes: z.int().min(1).max(1_000).optional().describe('How many times in a row it must succeed; 1 unless said'),
    interval: duration.optional().describe('Between those; 1s unless said'),
    optional: z.boolean().optional().describe('Reported, and fails nothing'),
  })
  .refine((check) => PROBE_WORDS.filter((word) => Object.hasOwn(check, word)).length === 1, `must do one thing: ${PROBE_WORDS.join(', ')}`)
  .meta(oneProbe);

const identitySchema = z
  .strictObject({
    check: checkName.optional().describe('The name of a check'),
    http: httpSchema.optional().describe('A request of its own, instead'),
    assert: z.array(assertionSchema).min(1).optional().describe('What proves the version, for a request of its own'),
    successes: z.int().min(1).max(1_000).optional().describe('How many times in a row; 3 unless said'),
    interval: duration.optional().describe('Between those; 1s unless said'),
  })
  .refine(
    ({ check, http, assert }) =>
      check === undefined ? http !== undefined && assert !== undefined : http === undefined && assert === undefined,
    'must name a check, or have http and assert of its own',
  )
  .meta({
    oneOf: [
      { required: ['check'], not: { anyOf: [{ required: ['http'] }, { required: ['assert'] }] } },
      { required: ['http', 'assert'], not: { required: ['check'] } },
    ],
  });

/** A smoke suite as it is written. */
export const suiteSchema = z
  .strictObject({
    version: z.literal(1).describe('Of this language'),
    name: checkName.optional().describe("What reports call it; the file's name unless said"),
    deadline: someTime.optional().describe('Over all; 60s unless said'),
    allow: z.array(oneLine).optional().describe('Addresses and networks that are refused unless named, such as 127.0.0.1 or 10.0.0.0/8'),
    variables: variablesSchema.optional().describe('Texts by the names that {{name}} uses'),
    defaults: z
      .strictObject({
        ...common,
        headers: headers.optional().describe('Of every http check'),
        tls: tlsSchema.optional().describe('Of every check that speaks TLS'),
      })
      .optional()
      .describe('What holds for every check that does not say otherwise'),
    checks: z.array(checkSchema).min(1).max(500).describe('What is asked, in the order of reports'),
    identity: identitySchema.optional().describe('What proves that the expected version answers'),
  })
  .meta({ title: 'Nightshift smoke suite', description: 'What must hold after a deploy' });

export type SuiteInput = z.infer<typeof suiteSchema>;
export type CheckInput = z.infer<typeof checkSchema>;
export type HttpInput = z.infer<typeof httpSchema>;
