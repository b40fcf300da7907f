import { policyDocumentSchema } from '../../functions/post-deploy-smoke/policy-document.ts';
import { inPieces, LARGEST_DOCUMENT_BYTES } from '../../lib/configuration/document-pieces.ts';
import type { StageConfig } from '../../lib/configuration/stage.ts';
import type { StageSuite } from '../../lib/configuration/stage-smoke.ts';
import { clusterTarget, inLists } from './cluster-documents.ts';

/**
 * The documents that post-deploy-smoke reads from SSM: which suites there are and where their text is, the text of each suite in as many pieces as
 * it takes, and where the clusters of a fleet do not fit into the first, lists of them.
 * @throws Error when the table of the suites alone is larger than a parameter
 */
export function smokeDocuments(stage: StageConfig, parameterName: (index: number) => string): readonly string[] {
  const others: string[] = [];
  const keep = (texts: readonly string[]): string[] => texts.map((text) => parameterName(others.push(text)));
  const suites = Object.fromEntries(
    stage.smoke.suites.map((suite) => [suite.name, suiteEntry(suite, keep(inPieces(suite.document.json)))]),
  );
  const clusters = stage.clusters.map((cluster) => clusterTarget('post-deploy-smoke', stage, cluster));
  const document = { version: 1, clusters, suites, ...(stage.smoke.allow.length > 0 && { allow: stage.smoke.allow }) };
  policyDocumentSchema.parse(document);
  const whole = JSON.stringify(document);
  if (Buffer.byteLength(whole) <= LARGEST_DOCUMENT_BYTES) return [whole, ...others];
  const lists = inLists(clusters.map((cluster) => JSON.stringify(cluster)));
  const first = JSON.stringify({ ...document, clusters: [], moreClusters: keep(lists) });
  if (Buffer.byteLength(first) <= LARGEST_DOCUMENT_BYTES) return [first, ...others];
  throw new Error(
    `stage ${stage.stage} has too many suites: the list of them has more than ${LARGEST_DOCUMENT_BYTES} bytes; make another stage for some`,
  );
}

function suiteEntry({ app, target, codeDeploy }: StageSuite, parameters: readonly string[]): unknown {
  return { ...(app !== undefined && { app }), ...(target && { target }), ...(codeDeploy && { codeDeploy }), parameters };
}
