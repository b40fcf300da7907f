import { readFileSync } from 'node:fs';
import { accountOf, clusterArn } from '../../../sandbox/aws/arns.ts';
import type { OneOrMany, PolicyDocument, PolicyStatement } from '../../../sandbox/aws/iam/policy-document.ts';
import { SANDBOX_ACCOUNT } from '../../../sandbox/aws/identities.ts';

/** What stands for the words in capitals on the page; several values make as many resources, none drop them. */
export interface DocumentedPlaces {
  readonly BUCKET: OneOrMany<string>;
  /** Empty for none. */
  readonly PREFIX: string;
  /** The sandbox's unless told. */
  readonly REGION?: string;
  /** The sandbox's unless told. */
  readonly ACCOUNT?: string;
  readonly CLUSTER: OneOrMany<string>;
  readonly ROLEARN: OneOrMany<string>;
  /** Of records, on the pages that have one. */
  readonly TABLE?: string;
}

/** The IAM policy that the page of a function asks for, with names for its words in capitals. */
export function documentedPolicy(places: DocumentedPlaces, job = 'scale-dev-nightly'): PolicyDocument {
  const page = new URL(`../../../docs/${job}.md`, import.meta.url);
  const [, json] = /^```\n({ "Version": "2012-10-17"[\s\S]*?)^```$/m.exec(readFileSync(page, 'utf8')) ?? [];
  if (json === undefined) throw new Error(`${page.pathname} shows no IAM policy`);
  const { Version, Statement } = JSON.parse(json) as { readonly Version: '2012-10-17'; readonly Statement: readonly PolicyStatement[] };
  const { PREFIX, REGION = 'eu-central-1', ACCOUNT = SANDBOX_ACCOUNT, ...words } = places;
  const filled = Statement.map((statement) => ({
    ...statement,
    Resource: [statement.Resource]
      .flat()
      .map((resource) => resource.replace('PREFIX/', PREFIX === '' ? '' : `${PREFIX}/`))
      .flatMap((resource) => fill(resource, new Map(Object.entries({ REGION, ACCOUNT, ...words })))),
  }));
  return { Version, Statement: filled.filter(({ Resource }) => Resource.length > 0) };
}

function fill(resource: string, places: ReadonlyMap<string, OneOrMany<string>>): readonly string[] {
  const [word] = /[A-Z]{4,}/.exec(resource) ?? [];
  if (word === undefined) return [resource];
  const values = places.get(word);
  if (values === undefined) throw new Error(`${resource}: nothing is given for ${word}`);
  // What was filled in may have capitals of its own.
  const [before = '', ...after] = resource.split(word);
  return [values].flat().flatMap((value) => fill(after.join(word), places).map((rest) => `${before}${value}${rest}`));
}

/** The policy of a role that is assumed for its cluster, as the page says it. */
export function describeIn(roleArn: string, cluster: string, region = 'eu-central-1'): PolicyDocument {
  const resource = clusterArn(region, accountOf(roleArn), cluster);
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'eks:DescribeCluster', Resource: resource } };
}
