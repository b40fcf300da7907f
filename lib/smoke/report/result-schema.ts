import * as z from 'zod';
import { FAILURE_CLASSES } from '../failure-class.ts';
import type { SuiteResult } from '../suite-result.ts';

const milliseconds = z.number().nonnegative();
const wholeMilliseconds = z.int().nonnegative();

const timings = z.strictObject({
  dnsMs: milliseconds.exactOptional(),
  connectMs: milliseconds.exactOptional(),
  tlsMs: milliseconds.exactOptional(),
  waitMs: milliseconds.exactOptional().describe('From the request sent to the first byte of the answer.'),
  receiveMs: milliseconds.exactOptional(),
  totalMs: milliseconds,
});

const assertion = z.strictObject({
  ok: z.boolean(),
  assertion: z.string().describe('What was asked, in the words of the suite.'),
  expected: z.string(),
  actual: z.string(),
  degraded: z.literal(true).exactOptional().describe('It does not hold, and only degrades.'),
});

const attempt = z.strictObject({
  number: z.int().positive(),
  startedAt: z.int().describe('Epoch milliseconds.'),
  durationMs: wholeMilliseconds,
  timings: timings.exactOptional().describe('Milliseconds of each phase; one that did not take place is absent.'),
  ok: z.boolean(),
  failure: z.enum(FAILURE_CLASSES).exactOptional().describe('The class of the failure, as retry policies name it.'),
  message: z.string().exactOptional().describe('Why there was no answer that could be judged.'),
  assertions: z.array(assertion).readonly().describe('In the order of the suite.'),
  remoteAddress: z.string().exactOptional(),
  status: z.int().exactOptional().describe('HTTP status of the last answer.'),
  hops: z
    .array(z.strictObject({ url: z.string(), status: z.int(), durationMs: milliseconds }))
    .readonly()
    .exactOptional()
    .describe('Every answer on the way, where redirects were followed.'),
});

const check = z.strictObject({
  name: z.string(),
  kind: z.string().describe('http, tcp, tls, dns or grpc.'),
  outcome: z
    .enum(['passed', 'flaky', 'degraded', 'failed', 'error', 'skipped'])
    .describe(
      'flaky: passed after failing. degraded: passed too slowly. failed: an answer that is not right. error: no answer. skipped: not run.',
    ),
  optional: z.boolean().describe('An optional check fails nothing.'),
  reason: z.string().exactOptional().describe('Why it is not passed; one line.'),
  durationMs: wholeMilliseconds,
  attempts: z.array(attempt).readonly(),
  curl: z.string().exactOptional().describe('A command that asks the same, of http checks that did not simply pass.'),
});

/** The JSON report: the shape of {@link SuiteResult}, for those who read it back. */
export const suiteResultSchema = z
  .strictObject({
    version: z.literal(1),
    suite: z.string(),
    status: z.enum(['passed', 'flaky', 'degraded', 'failed']).describe('Of the required checks together.'),
    summary: z.string().describe('One line.'),
    startedAt: z.iso.datetime().describe('UTC.'),
    durationMs: wholeMilliseconds,
    deadlineMs: wholeMilliseconds,
    checks: z.array(check).readonly().describe('In the order of the suite.'),
    warnings: z.array(z.string()).readonly().describe('Things to look at that change no outcome.'),
  })
  .meta({ title: 'Report of a Nightshift smoke suite' }) satisfies z.ZodType<SuiteResult>;
