import { policyDocumentSchema } from '../../functions/scale-dev-nightly/policy-document.ts';
import { LARGEST_DOCUMENT_BYTES } from '../../lib/configuration/document-pieces.ts';
import { sleepPolicyOf } from '../../lib/configuration/sleep-section.ts';
import type { StageConfig } from '../../lib/configuration/stage.ts';
import { sleepPolicySchema } from '../../lib/sleep/policy.ts';
import { clusterTarget, inLists } from './cluster-documents.ts';

/**
 * The documents that scale-dev-nightly reads from SSM: its policy, and where the clusters of a fleet do not fit beside it, lists of clusters that
 * the first document names. Words that have their default are left out.
 */
export function scaleDocuments(stage: StageConfig, parameterName: (index: number) => string): readonly string[] {
  const clusters = stage.clusters.map((cluster) => clusterTarget('scale-dev-nightly', stage, cluster));
  const document = { version: 1, clusters, ...policyOf(stage), ...(stage.prices && { prices: stage.prices }) };
  policyDocumentSchema.parse(document);
  const whole = JSON.stringify(document);
  if (Buffer.byteLength(whole) <= LARGEST_DOCUMENT_BYTES) return [whole];
  const lists = inLists(clusters.map((cluster) => JSON.stringify(cluster)));
  return [JSON.stringify({ ...document, clusters: [], moreClusters: lists.map((_, index) => parameterName(index + 1)) }), ...lists];
}

function policyOf({ sleep }: StageConfig): { readonly policy?: unknown } {
  const defaults: Readonly<Record<string, unknown>> = sleepPolicySchema.parse({});
  const words = Object.entries(sleepPolicyOf(sleep)).filter(([word, value]) => JSON.stringify(value) !== JSON.stringify(defaults[word]));
  return words.length === 0 ? {} : { policy: Object.fromEntries(words) };
}
