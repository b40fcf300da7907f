import type { Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { type Answer, ok, text } from './answer.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** Groups of virtual resources that answer reviews; they hold no objects. */
const REVIEWS: readonly { readonly group: string; readonly resources: readonly { readonly plural: string; readonly kind: string }[] }[] = [
  {
    group: 'authorization.k8s.io',
    resources: [
      { plural: 'selfsubjectaccessreviews', kind: 'SelfSubjectAccessReview' },
      { plural: 'selfsubjectrulesreviews', kind: 'SelfSubjectRulesReview' },
    ],
  },
  { group: 'authentication.k8s.io', resources: [{ plural: 'selfsubjectreviews', kind: 'SelfSubjectReview' }] },
];

/** Stands for the release whose behaviour the sandbox follows. */
export const VERSION = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3+nightshift-sandbox',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
};

/** Answers the paths that describe the server; `undefined` for all others. */
export function discovery(path: string, kinds: readonly Kind[]): Answer | undefined {
  if (/^\/(healthz|livez|readyz)(\/.*)?$/.test(path)) return text(200, 'ok');
  if (path === '/version' || path === '/version/') return ok(VERSION);
  if (path === '/api') return ok({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] });
  if (path === '/apis') return ok({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups(kinds).map((group) => groupOf(group, kinds)) });
  const [root, group, version, ...rest] = path.split('/').slice(1);
  if (root === 'api' && group === 'v1' && version === undefined) return ok(resourceList('', 'v1', kinds));
  if (root !== 'apis' || group === undefined || rest.length > 0 || !groups(kinds).includes(group)) return undefined;
  if (version === undefined) return ok({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, kinds) });
  return version === versionOf(group, kinds) ? ok(resourceList(group, version, kinds)) : undefined;
}

function groups(kinds: readonly Kind[]): string[] {
  return [...new Set([...kinds.map(({ group }) => group).filter((group) => group !== ''), ...REVIEWS.map(({ group }) => group)])];
}

function versionOf(group: string, kinds: readonly Kind[]): string {
  return kinds.find((kind) => kind.group === group)?.version ?? 'v1';
}

function groupOf(name: string, kinds: readonly Kind[]): { [key: string]: Json } {
  const served = versionOf(name, kinds);
  const version = { groupVersion: `${name}/${served}`, version: served };
  return { name, versions: [version], preferredVersion: version };
}

function resourceList(group: string, version: string, served: readonly Kind[]): Json {
  const kinds = served.filter((kind) => kind.group === group && kind.version === version);
  const reviews = REVIEWS.filter((review) => review.group === group).flatMap(({ resources }) => resources);
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: [
      ...kinds.flatMap(resourcesOf),
      ...reviews.map(({ plural, kind }) => ({
        name: plural,
        singularName: kind.toLowerCase(),
        namespaced: false,
        kind,
        verbs: ['create'],
      })),
    ],
  };
}

function resourcesOf(kind: Kind): Json[] {
  const base = { singularName: '', namespaced: kind.namespaced };
  const own: Json = {
    ...base,
    name: kind.plural,
    singularName: kind.singular,
    kind: kind.kind,
    verbs: VERBS,
    ...(kind.shortNames.length > 0 ? { shortNames: [...kind.shortNames] } : {}),
    ...(kind.categories.length > 0 ? { categories: [...kind.categories] } : {}),
  };
  const parts: Json[] = [own];
  const partVerbs = ['get', 'patch', 'update'];
  if (kind.hasScale)
    parts.push({ ...base, name: `${kind.plural}/scale`, group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: partVerbs });
  if (kind.hasStatus) parts.push({ ...base, name: `${kind.plural}/status`, kind: kind.kind, verbs: partVerbs });
  return parts;
}
