import * as z from 'zod';
import { distinctClustersSchema } from '../../lib/connect/cluster-target.ts';
import { targetSchema } from './event.ts';

const name = z.string().min(1);

/** A configured suite. SSM takes 4 KiB a parameter, so its text may go on in several; the function joins them. */
const storedSuiteSchema = z
  .strictObject({
    app: name.optional(),
    target: targetSchema.optional(),
    /** SSM parameters whose values are, one after the other, the text of the suite. */
    parameters: z.array(name).min(1).max(20).optional(),
    /** The suite itself, where it is short or the document is no parameter. */
    suite: z.record(z.string(), z.unknown()).optional(),
    /** CodeDeploy applications whose hooks run it. */
    codeDeploy: z.array(name).optional(),
  })
  .refine(({ parameters, suite }) => (parameters === undefined) !== (suite === undefined), 'needs either parameters or suite');

export type StoredSuite = z.output<typeof storedSuiteSchema>;

/** What post-deploy-smoke reads at run time. */
export const policyDocumentSchema = z.strictObject({
  version: z.literal(1),
  /** Of targets and of variables that come from a cluster. */
  clusters: distinctClustersSchema.default([]),
  suites: z.record(z.string(), storedSuiteSchema).default({}),
  /** Loopback, link-local and metadata addresses that suites may name in their own `allow`. */
  allow: z.array(name).default([]),
});

export type PolicyDocument = z.output<typeof policyDocumentSchema>;
