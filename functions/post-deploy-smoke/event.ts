import * as z from 'zod';
import { ROLLOUT_KINDS } from '../../lib/rollout/kinds.ts';

const word = z.string().min(1).max(200);

/** The workload that was deployed. */
export const targetSchema = z.strictObject({
  cluster: word,
  namespace: word,
  kind: z.enum(ROLLOUT_KINDS),
  name: word,
  /** The image that its pods are to run, with a tag or a digest. */
  image: z.string().min(1).max(1000).optional(),
});

export type SmokeTarget = z.output<typeof targetSchema>;

/**
 * The event of post-deploy-smoke: a configured suite by its name, a suite as an object, or a target alone whose rollout is to be proved.
 * What it leaves out (target, app) is taken from the configuration of the suite. Unknown fields are errors.
 */
export const smokeEventSchema = z
  .strictObject({
    suite: z.union([word, z.record(z.string(), z.unknown())]).optional(),
    target: targetSchema.optional(),
    app: word.optional(),
    /** Of the release; its digest is looked up in the records. */
    version: word.optional(),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits')
      .optional(),
    /** Values for the suite's variables that callers give; the suite's own word of a secret counts. */
    variables: z.record(z.string(), z.string()).optional(),
    /** A deployment of CodeDeploy, whose application names the suite. */
    codeDeployment: word.optional(),
    /** Seconds from the first call of the proof; 30 minutes unless told, up to a day. */
    timeoutSeconds: z.number().int().min(1).max(86_400).default(1800),
    /** The caller calls again while the report says that something remains. */
    inSteps: z.boolean().default(false),
    dryRun: z.boolean().default(false),
    runId: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'must be up to 128 letters, digits, dots, dashes and underscores')
      .optional(),
    /** Epoch milliseconds at which an earlier call began this proof. */
    startedAt: z.number().int().min(0).optional(),
  })
  .refine((event) => event.suite !== undefined || event.target !== undefined || event.codeDeployment !== undefined, {
    message: 'names neither a suite nor a target: give {"suite": "NAME"}',
  });

export type SmokeEvent = z.output<typeof smokeEventSchema>;
