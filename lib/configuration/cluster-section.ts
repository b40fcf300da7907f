import * as z from 'zod';
import { accountId, clusterName, regionName, roleArn, shortName } from './words.ts';

/** An EKS cluster that is looked after, and how it is reached. */
export const clusterSchema = z.strictObject({
  name: clusterName.describe('its name in reports and originals; unlike any other in its stage'),
  stage: shortName.describe('the stage whose functions look after it'),
  eksName: clusterName
    .optional()
    .describe('its name on EKS, where that is another; two clusters of a stage may share it')
    .meta({ examples: ['dev-eks'] }),
  account: accountId.optional().describe("its account, in quotes, where that is not the stage's"),
  region: regionName.optional().describe("its region, where that is not the stage's"),
  roleArn: roleArn.optional().describe('a role of your own to reach it by, in the place of the one that the spoke stack makes'),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'must be 2 to 1224 letters, digits and +=,.@:/-_')
    .optional()
    .describe('what the trust policy of that role asks for')
    .meta({ examples: ['team-7'] }),
  accessEntry: z
    .enum(['create', 'none'])
    .default('create')
    .describe('the EKS access entry of the role: made, or `none` when you give the role its group in the cluster yourself'),
});
