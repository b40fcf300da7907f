import type { Filters } from './exclusion.ts';
import { compileFilter } from './name-filter.ts';
import type { SleepPolicy } from './policy.ts';
import type { Observation, Workload } from './workload.ts';

/** Names in one line; the rest is counted. */
const mostNames = 3;

interface Question {
  readonly what: string;
  readonly sources: readonly string[];
  readonly texts: Iterable<string>;
  /** What follows from matching only in part. */
  readonly so: string;
  readonly to: string;
}

/**
 * What GoKubeDownscaler, whose filters match anywhere in a text, would add: namespaces and workloads to leave alone, labels that take part.
 * People who come from it expect that.
 * @returns one line per filter
 */
export function unanchoredMatches(
  policy: SleepPolicy,
  { namespaces, workloads }: Pick<Observation, 'namespaces' | 'workloads'>,
  filters: Pick<Filters, 'namespaceOut'>,
): readonly string[] {
  const inside = workloads.filter(({ namespace }) => filters.namespaceOut(namespace) === undefined);
  const excludes = { so: 'not excluded', to: 'exclude such names' };
  return [
    // Manifests often come without the Namespaces that their objects are of.
    {
      what: 'namespace',
      sources: policy.excludeNamespaces,
      texts: [...namespaces.map(({ name }) => name), ...workloads.map(({ namespace }) => namespace)],
      ...excludes,
    },
    { what: 'name', sources: policy.excludeNames, texts: inside.map(({ name }) => name), ...excludes },
    {
      what: 'label',
      sources: policy.matchingLabels,
      texts: inside.flatMap(labelsOf),
      so: 'not enough to take part',
      to: 'let such labels take part',
    },
  ].flatMap(answer);
}

function answer({ what, sources, texts, so, to }: Question): string[] {
  const filters = sources.map(compileFilter);
  const open = [...new Set(texts)].filter((text) => !filters.some((filter) => filter.whole(text)));
  return filters.flatMap(({ source, anywhere }) => {
    const partly = open.filter(anywhere);
    if (partly.length === 0) return [];
    const [first, ...others] = partly.slice(0, mostNames);
    const named = [first, ...others].join(', ') + (partly.length > mostNames ? ` and ${partly.length - mostNames} more` : '');
    const are = partly.length === 1 ? 'is' : 'are';
    return [`the ${what} filter ${source} matches only part of ${named}, which ${are} ${so}; write ${inTheMiddle(source)} to ${to}`];
  });
}

function labelsOf({ labels }: Workload): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

/** The filter that matches wherever this one does. */
function inTheMiddle(source: string): string {
  return source.includes('|') ? `.*(${source}).*` : `.*${source}.*`;
}
