import * as z from 'zod';

const name = z.string().min(1);

/** How one cluster is reached. `name` is the cluster's name in reports and in the state, and for EKS the name that AWS knows. */
export const clusterTargetSchema = z.discriminatedUnion('via', [
  z.strictObject({
    via: z.literal('eks'),
    name,
    /** The name that AWS knows, where two clusters of a fleet share it; `name` tells them apart then. */
    eksName: name.optional(),
    region: name.optional(),
    roleArn: name.optional(),
    externalId: name.optional(),
  }),
  z.strictObject({ via: z.literal('kubeconfig'), name, path: name.optional(), context: name.optional() }),
  z.strictObject({ via: z.literal('in-cluster'), name }),
]);

export type ClusterTarget = Readonly<z.output<typeof clusterTargetSchema>>;
export type EksTarget = Extract<ClusterTarget, { via: 'eks' }>;

/** Whatever is kept of a cluster is kept under its name: of two clusters with one name, each would be given what belongs to the other. */
export const distinctClustersSchema = z.array(clusterTargetSchema).superRefine((clusters, context) => {
  for (const [index, { name: own }] of clusters.entries()) {
    if (clusters.findIndex((other) => other.name === own) === index) continue;
    context.addIssue({
      code: 'custom',
      path: [index, 'name'],
      message: `${own} is the name of another cluster as well; give it one of its own and put the name on EKS into eksName`,
    });
  }
});
