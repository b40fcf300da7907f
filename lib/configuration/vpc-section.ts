import * as z from 'zod';

const idOf = (prefix: string, what: string): z.ZodString =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]+$`), `must be the id of a ${what}, ${prefix}-...`)
    .meta({ examples: [`${prefix}-0a1b2c3d`] });

/** Where the functions run when a cluster has a private endpoint only. */
export const vpcSchema = z
  .strictObject({
    id: idOf('vpc', 'VPC').describe('the VPC that the clusters are in, or that leads to them'),
    availabilityZones: z
      .array(z.string().min(1))
      .min(1)
      .describe('the zones of the subnets')
      .meta({ examples: [['eu-central-1a', 'eu-central-1b']] }),
    subnets: z
      .array(idOf('subnet', 'subnet'))
      .min(1)
      .describe('private subnets, one for each of the availabilityZones, in their order, with a NAT or VPC endpoints'),
    securityGroups: z
      .array(idOf('sg', 'security group'))
      .default([])
      .describe('groups of your own; without any, one is made that allows HTTPS out and nothing in'),
  })
  .refine(({ availabilityZones, subnets }) => subnets.length === availabilityZones.length, {
    path: ['subnets'],
    error: 'must be one subnet for each of the availabilityZones, in their order',
  });
