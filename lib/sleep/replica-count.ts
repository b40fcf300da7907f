/** `spec.replicas` is an int32 on the wire; no API server takes more. */
export const MOST_REPLICAS = 2_147_483_647;

/** Reads a replica count as people and downscalers write it, in digits. @returns undefined for anything else, or for more than Kubernetes can hold */
export function parseReplicaCount(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const count = Number(text);
  return count <= MOST_REPLICAS ? count : undefined;
}
