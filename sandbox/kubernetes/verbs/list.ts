import type { ApiObject } from '../api-object.ts';
import type { JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { parseFieldSelector } from '../selectors/field-selector.ts';
import { parseLabelSelector } from '../selectors/label-selector.ts';
import { badRequest, expired, StatusError } from '../status.ts';
import { CompactedError, objectKey, type Store } from '../store.ts';

export interface ListQuery {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continueToken?: string;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
}

export interface ListPage {
  readonly items: readonly ApiObject[];
  readonly metadata: JsonObject;
}

const EXPIRED_CONTINUE =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** Both selectors as one question. @throws StatusError 400 */
export function matcher(kind: Kind, query: Pick<ListQuery, 'labelSelector' | 'fieldSelector'>): (object: ApiObject) => boolean {
  const labels = parseLabelSelector(query.labelSelector ?? '');
  const fields = parseFieldSelector(query.fieldSelector ?? '', kind);
  return (object) => labels(object.metadata.labels ?? {}) && fields(object);
}

/** One page of a list; all its pages show the state of its first. @throws StatusError 400, 410 when that state is no longer kept. */
export function listObjects(store: Store, kind: Kind, namespace: string | undefined, query: ListQuery): ListPage {
  const matches = matcher(kind, query);
  const limit = query.limit ?? 0;
  const from = query.continueToken ? readToken(query.continueToken) : undefined;
  const revision = from ? (from.revision < 0 ? store.revision : from.revision) : askedRevision(store, query);
  const all = readAt(store, kind, namespace, revision, from?.after);
  const rest = from ? all.filter((object) => objectKey(object) > from.after) : all;
  const { page, scanned } = takePage(rest, matches, limit);
  const last = rest[scanned - 1];
  const left = rest.length - scanned;
  const more =
    limit > 0 && last !== undefined && (query.labelSelector || query.fieldSelector ? rest.slice(scanned).some(matches) : left > 0);
  if (!more) return { items: page, metadata: { resourceVersion: String(revision) } };
  const counted = query.labelSelector || query.fieldSelector ? {} : { remainingItemCount: left };
  return {
    items: page,
    metadata: { resourceVersion: String(revision), continue: writeToken({ revision, after: objectKey(last) }), ...counted },
  };
}

function takePage(
  rest: readonly ApiObject[],
  matches: (object: ApiObject) => boolean,
  limit: number,
): { page: ApiObject[]; scanned: number } {
  const page: ApiObject[] = [];
  for (const [index, object] of rest.entries()) {
    if (matches(object)) page.push(object);
    if (limit > 0 && page.length === limit) return { page, scanned: index + 1 };
  }
  return { page, scanned: rest.length };
}

function readAt(store: Store, kind: Kind, namespace: string | undefined, revision: number, after: string | undefined): ApiObject[] {
  try {
    return store.listAt(kind, namespace, revision);
  } catch (error) {
    if (!(error instanceof CompactedError)) throw error;
    if (after === undefined) throw expired(`The resourceVersion for the provided list is too old.`);
    throw expired(EXPIRED_CONTINUE, writeToken({ revision: -1, after }));
  }
}

function askedRevision(store: Store, query: ListQuery): number {
  const { resourceVersion, resourceVersionMatch } = query;
  if (!resourceVersion) {
    if (resourceVersionMatch) throw badRequest('resourceVersionMatch is forbidden unless resourceVersion is provided');
    return store.revision;
  }
  const asked = Number(resourceVersion);
  if (!Number.isInteger(asked) || asked < 0) throw badRequest(`Invalid value: "${resourceVersion}": invalid resourceVersion`);
  if (asked > store.revision) {
    const message = `Too large resource version: ${asked}, current: ${store.revision}`;
    const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
    throw new StatusError({ code: 504, reason: 'Timeout', message: `Timeout: ${message}`, details: { causes, retryAfterSeconds: 1 } });
  }
  // Without a match rule a version means "not older than", unless a limit asks for the pages of exactly that state.
  const exact =
    resourceVersionMatch === 'Exact' || (resourceVersionMatch === undefined && query.limit !== undefined && query.limit > 0 && asked > 0);
  return exact ? asked : store.revision;
}

interface Token {
  /** -1: go on at today's state. */
  readonly revision: number;
  /** Key of the last object that was looked at. */
  readonly after: string;
}

function writeToken({ revision, after }: Token): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${after}\u0000` })).toString('base64url');
}

function readToken(text: string): Token {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const { rv, start } = parsed as { rv?: unknown; start?: unknown };
    if (typeof rv === 'number' && typeof start === 'string')
      return { revision: rv, after: start.endsWith('\u0000') ? start.slice(0, -1) : start };
  } catch {
    // Answered below like any other token that this server did not make.
  }
  throw badRequest(`continue key is not valid: ${text}`);
}
