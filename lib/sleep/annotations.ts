/** Prefix of every annotation that the downscaler family shares. */
export const prefix = 'downscaler/';

/** The value names that a workload or a namespace may carry. */
export const valueNames = [
  'uptime',
  'downtime',
  'upscale-period',
  'downscale-period',
  'force-uptime',
  'force-downtime',
  'exclude',
  'exclude-until',
  'grace-period',
  'downtime-replicas',
  'downscale-replicas',
] as const;

export type ValueName = (typeof valueNames)[number];

/** The state that a downscaler keeps on a sleeping object: what it was. */
export const originalReplicas = `${prefix}original-replicas`;

/** The annotations that a decision reads; the rest of an object's annotations is not kept in memory. */
export function relevantAnnotations(annotations: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const relevant: Record<string, string> = {};
  for (const name in annotations) {
    if (name.startsWith(prefix)) relevant[name] = String(annotations[name]);
  }
  return relevant;
}
