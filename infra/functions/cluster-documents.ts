import { LARGEST_DOCUMENT_BYTES } from '../../lib/configuration/document-pieces.ts';
import { type StageCluster, type StageConfig, spokeRoleArn } from '../../lib/configuration/stage.ts';

/** A cluster as a job's policy document has it: how that job's role gets there. */
export function clusterTarget(job: string, { prefix }: StageConfig, { name, eksName, region, access }: StageCluster): unknown {
  const target = { via: 'eks', name, ...(eksName !== name && { eksName }), ...(region !== undefined && { region }) };
  switch (access.via) {
    case 'own':
      return target;
    case 'spoke':
      return { ...target, roleArn: spokeRoleArn(prefix, job, access), externalId: access.externalId };
    case 'role':
      return { ...target, roleArn: access.roleArn, ...(access.externalId !== undefined && { externalId: access.externalId }) };
    default:
      return access satisfies never;
  }
}

/** JSON arrays, each as full as a parameter gets. */
export function inLists(items: readonly string[]): string[] {
  const lists: string[][] = [[]];
  let bytes = 2;
  for (const item of items) {
    const size = Buffer.byteLength(item) + 1;
    if (bytes + size > LARGEST_DOCUMENT_BYTES) {
      lists.push([]);
      bytes = 2;
    }
    lists.at(-1)?.push(item);
    bytes += size;
  }
  return lists.map((list) => `[${list.join(',')}]`);
}
