import * as z from 'zod';

const texts = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);
const documentName = z.union([
  z.number().int().nonnegative(),
  z.string().regex(/^[^/]+\/[^/]+$/, 'is no document: write its number, or as in Deployment/web'),
]);

const ruleSchema = z.strictObject({
  name: z.string().min(1).optional(),
  /** Repository names; `*` stands for any part. */
  image: texts.optional(),
  /** The repository that the image has where it is promoted to. */
  toImage: z.string().min(1).optional(),
  chart: texts.optional(),
  path: z.string().min(1).optional(),
  document: documentName.optional(),
  /** Where the value of a path comes from, if not from the same place. */
  from: z
    .strictObject({ file: z.string().min(1).optional(), path: z.string().min(1).optional(), document: documentName.optional() })
    .optional(),
  /** Arguments as of `kustomize edit set image`. */
  references: texts.optional(),
  /** Globs below both directories. */
  files: texts.optional(),
  optional: z.boolean().optional(),
  allowDowngrade: z.boolean().optional(),
});

export const rulesSchema = z.strictObject({ version: z.literal(1), rules: z.array(ruleSchema).min(1, 'names no rule') });

export type WrittenRule = z.infer<typeof ruleSchema>;
