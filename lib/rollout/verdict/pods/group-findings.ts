import type { Reason } from '../outcome.ts';
import type { Finding } from './finding.ts';

/** As many causes as a reader takes in. */
const MOST = 5;

/**
 * Equal findings of several pods as one reason: `2/3 pods ImagePullBackOff: tag not found (example.org/web:9), container web`. The most frequent
 * first.
 * @param total how many pods there are
 */
export function groupFindings(findings: readonly Finding[], total: number): readonly Reason[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.container, finding.reason, sameness(finding)]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .toSorted((left, right) => right.length - left.length)
    .slice(0, MOST)
    .flatMap((group) => (group[0] === undefined ? [] : [reasonOf(group[0], new Set(group.map(({ pod }) => pod)).size, total)]));
}

/** Pods of one template differ in their names, their addresses and how often they were started; their texts are compared without. */
function sameness({ pod, message }: Finding): string {
  return message.replaceAll(pod, '').replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d+ restarts?\b/g, '');
}

function reasonOf({ pod, container, reason, message }: Finding, pods: number, total: number): Reason {
  const where = container === undefined ? '' : `, container ${container}`;
  return {
    resource: `Pod/${pod}`,
    ...(container !== undefined && { container }),
    reason,
    message: `${pods}/${total} ${total === 1 ? 'pod' : 'pods'} ${reason}: ${message}${where}`,
  };
}
