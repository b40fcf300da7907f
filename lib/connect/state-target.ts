import * as z from 'zod';

const name = z.string().min(1);

/** Where a job keeps its originals and reports. */
export const stateTargetSchema = z.discriminatedUnion('via', [
  z.strictObject({ via: z.literal('s3'), bucket: name, prefix: z.string().default('') }),
  z.strictObject({ via: z.literal('directory'), path: name }),
]);

export type StateTarget = Readonly<z.output<typeof stateTargetSchema>>;
export type S3Target = Extract<StateTarget, { via: 's3' }>;
