import { isJsonObject, type JsonObject, numberAt, objectAt, textAt } from '../json.ts';
import { forbiddenField, notSupported, required, tooLong } from '../kinds/causes.ts';
import { badRequest, type FieldCause, invalid, type StatusError } from '../status.ts';
import type { DeleteOptions } from '../verbs/delete.ts';
import type { ListQuery } from '../verbs/list.ts';
import type { WriteOptions } from '../verbs/world.ts';
import { parseBody } from './body.ts';
import type { KindCall } from './call.ts';
import type { WatchQuery } from './watch.ts';

const MAX_MANAGER = 128;

export function isTrue(query: URLSearchParams, name: string): boolean {
  return ['1', 'true'].includes(query.get(name) ?? '');
}

/** @throws StatusError 400 for a limit that is no number. */
export function listQuery(query: URLSearchParams): ListQuery {
  const limit = query.get('limit') || null;
  if (limit !== null && !/^\d+$/.test(limit)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(limit)}: invalid syntax`);
  const text = (name: string): string | undefined => query.get(name) || undefined;
  return defined({
    labelSelector: text('labelSelector'),
    fieldSelector: text('fieldSelector'),
    continueToken: text('continue'),
    resourceVersion: text('resourceVersion'),
    resourceVersionMatch: text('resourceVersionMatch'),
    limit: limit === null ? undefined : Number(limit),
  });
}

export function watchQuery(query: URLSearchParams): WatchQuery {
  const { labelSelector, fieldSelector, resourceVersion } = listQuery(query);
  const timeout = Number(query.get('timeoutSeconds') ?? 0);
  return {
    bookmarks: isTrue(query, 'allowWatchBookmarks'),
    initialEvents: isTrue(query, 'sendInitialEvents'),
    ...defined({ labelSelector, fieldSelector, resourceVersion, timeoutSeconds: timeout > 0 ? timeout : undefined }),
  };
}

/** Leaves out what is undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

const OPTION_KINDS: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
};

function invalidOption(method: string, cause: FieldCause): StatusError {
  return invalid({ group: 'meta.k8s.io', kind: OPTION_KINDS[method] ?? '' }, '', [cause]);
}

/** The options of a write. @throws StatusError 422 for a dryRun other than `All`, a manager's name over 128 bytes, a forced patch that is no apply. */
export function writeOptions({ info, userAgent }: KindCall, isApply = false): WriteOptions {
  const { query, method } = info;
  const dryRun = query.getAll('dryRun').filter((value) => value !== '');
  const odd = dryRun.find((value) => value !== 'All');
  if (odd !== undefined) throw invalidOption(method, notSupported('dryRun', odd, ['All']));
  const named = query.get('fieldManager') ?? '';
  if (isApply && named === '') throw invalidOption(method, required('fieldManager', 'is required for apply patch'));
  if (Buffer.byteLength(named) > MAX_MANAGER)
    throw invalidOption(method, tooLong('fieldManager', `may not be more than ${MAX_MANAGER} bytes`));
  if (!isApply && query.has('force')) throw invalidOption(method, forbiddenField('force', 'may not be specified for non-apply patch'));
  const manager = named || (userAgent ?? '').split('/')[0]?.slice(0, MAX_MANAGER) || 'unknown';
  return { manager, ...(dryRun.length > 0 ? { dryRun: true } : {}) };
}

/** The options of a DELETE, from its body or, where that is silent, its query. */
export function deleteOptions({ info, body, contentType }: KindCall): DeleteOptions {
  const { query } = info;
  const sent: JsonObject = body.length === 0 ? {} : parseBody(contentType, body);
  const grace = query.get('gracePeriodSeconds');
  const preconditions = objectAt(sent, 'preconditions');
  const dryRun = query.get('dryRun') === 'All' || (isJsonObject(sent) && Array.isArray(sent.dryRun) && sent.dryRun.includes('All'));
  return {
    dryRun,
    ...defined({
      propagation: textAt(sent, 'propagationPolicy') ?? query.get('propagationPolicy') ?? undefined,
      graceSeconds: numberAt(sent, 'gracePeriodSeconds') ?? (grace === null ? undefined : Number(grace)),
      preconditions:
        preconditions && defined({ uid: textAt(preconditions, 'uid'), resourceVersion: textAt(preconditions, 'resourceVersion') }),
    }),
  };
}
