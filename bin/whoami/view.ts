import { sourceText } from '../../lib/aws/source-text.ts';
import type { ClusterAnswer } from './clusters.ts';
import type { RegionFrom, WhoamiDocument } from './document.ts';

const MINUTE_MS = 60_000;

const regionSources: Readonly<Record<RegionFrom, string>> = {
  '--region': '--region',
  AWS_REGION: 'AWS_REGION',
  AWS_DEFAULT_REGION: 'AWS_DEFAULT_REGION',
  profile: 'the AWS configuration',
  'instance-metadata': 'EC2 instance metadata',
};

/** The document for people: a line for each thing, names in one column. @param now epoch milliseconds */
export function whoamiText(document: WhoamiDocument, now: number): string {
  const { account, arn, userId, region, regionFrom, credentials, clusters = [] } = document;
  const rows: (readonly [string, string])[] = [
    ['account', account],
    ['arn', arn],
    ['user id', userId],
    [
      'region',
      region === undefined
        ? 'none: set AWS_REGION or a region in the profile'
        : `${region} (from ${regionSources[regionFrom ?? '--region']})`,
    ],
    ['credentials', `from ${sourceText(credentials)}`],
    ...(credentials.role === undefined ? [] : [['role', `${credentials.role} (--role-arn)`] as const]),
    ['expire', expiry(credentials.expires, now)],
    ...clusters.flatMap(clusterRows),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${singleLine(value)}`).join('\n');
}

function expiry(expires: string | undefined, now: number): string {
  if (expires === undefined) return 'no end is known';
  const minutes = Math.round((Date.parse(expires) - now) / MINUTE_MS);
  return `${expires} (${minutes < 0 ? 'past' : `in ${minutes >= 120 ? `${Math.floor(minutes / 60)} h` : `${minutes} min`}`})`;
}

function clusterRows(cluster: ClusterAnswer): (readonly [string, string])[] {
  const name = `cluster ${cluster.name}`;
  if ('error' in cluster) return [[name, 'failed, see below']];
  if ('unknown' in cluster) return [[name, `cannot say: ${cluster.unknown}`]];
  return [
    [name, cluster.user],
    ['  groups', cluster.groups.join(', ') || 'none'],
  ];
}

/** Names come from clusters and files: a control character would let them write over other lines. */
function singleLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
