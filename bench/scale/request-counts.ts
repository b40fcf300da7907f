/** Requests by the API server's own verbs: LIST, GET, PATCH, POST, PUT, DELETE. */
export type RequestCounts = Readonly<Partial<Record<string, number>>>;

/** What Nightshift may ask for; the API server's own housekeeping (leases, flow schemas) is none of it. */
const RESOURCES = new Set(['namespaces', 'deployments', 'statefulsets', 'cronjobs', 'events', 'pods']);

/** Reads `apiserver_request_total` of a metrics page: every request that the server answered since its start, refusals included. */
export function requestCounts(metrics: string): RequestCounts {
  const counts: Partial<Record<string, number>> = {};
  for (const line of metrics.split('\n')) {
    const match = /^apiserver_request_total\{(?<labels>[^}]*)\} (?<value>\S+)$/.exec(line);
    const { labels = '', value } = match?.groups ?? {};
    const verb = label(labels, 'verb');
    if (verb !== undefined && RESOURCES.has(label(labels, 'resource') ?? '')) counts[verb] = (counts[verb] ?? 0) + Number(value);
  }
  return counts;
}

/** What came between two looks; verbs without a request are left out. */
export function requestsBetween(before: RequestCounts, after: RequestCounts): RequestCounts {
  const grown = Object.entries(after).map(([verb, count = 0]): [string, number] => [verb, count - (before[verb] ?? 0)]);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}

function label(labels: string, name: string): string | undefined {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1];
}
