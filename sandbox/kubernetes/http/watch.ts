import type { ServerResponse } from 'node:http';
import type { ApiObject } from '../api-object.ts';
import type { Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { expired, StatusError, statusBody } from '../status.ts';
import { CompactedError, type Store, type StoreEvent } from '../store.ts';
import { matcher } from '../verbs/list.ts';

export interface WatchQuery {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly resourceVersion?: string;
  readonly bookmarks: boolean;
  /** Sends what exists first, closed by a bookmark that says so. */
  readonly initialEvents: boolean;
  readonly timeoutSeconds?: number;
}

export interface WatchOptions {
  readonly store: Store;
  readonly kind: Kind;
  readonly namespace?: string;
  readonly query: WatchQuery;
  /** The object as the caller wants to see it (a table row, its metadata). */
  readonly present: (object: ApiObject) => Json;
  readonly signal: AbortSignal;
}

/** A watch nobody gave an end is ended after half an hour, as the API server does at random between 30 and 60 minutes. */
const DEFAULT_TIMEOUT_SECONDS = 1800;
const BOOKMARK_EVERY_MS = 60_000;

/**
 * Streams changes as JSON lines until the timeout, the caller or the server ends it. From an empty or `0` version everything that exists comes
 * first as ADDED; from a version that is no longer kept one ERROR event with a 410 comes and the stream ends.
 * @throws StatusError 400 for a selector, before the first byte.
 */
export function watchStream(options: WatchOptions): (response: ServerResponse) => void {
  const { store, kind, namespace, query } = options;
  const matches = matcher(kind, query);
  const concerns = (event: StoreEvent): boolean =>
    event.kind.id === kind.id && (namespace === undefined || event.object.metadata.namespace === namespace);
  return (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private', 'Transfer-Encoding': 'chunked' });
    response.flushHeaders();
    const write = (type: string, object: Json): void => {
      response.write(`${JSON.stringify({ type, object })}\n`);
    };
    const forward = (event: StoreEvent): void => {
      const change = concerns(event) ? seenAs(event, matches) : undefined;
      if (change) write(change.type, options.present(change.object));
    };
    try {
      replay(options, matches, write, forward);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      write('ERROR', statusBody(error.fields));
      response.end();
      return;
    }
    const unsubscribe = store.subscribe(forward);
    const bookmark = (): void => write('BOOKMARK', bookmarkOf(kind, store.revision));
    const ticking = query.bookmarks ? setInterval(bookmark, BOOKMARK_EVERY_MS).unref() : undefined;
    const end = (): void => {
      if (query.bookmarks && !response.writableEnded && response.writable) bookmark();
      response.end();
    };
    const timer = setTimeout(end, (query.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000).unref();
    options.signal.addEventListener('abort', end, { once: true });
    response.once('close', () => {
      unsubscribe();
      clearInterval(ticking);
      clearTimeout(timer);
      options.signal.removeEventListener('abort', end);
    });
  };
}

function replay(
  { store, kind, namespace, query, present }: WatchOptions,
  matches: (object: ApiObject) => boolean,
  write: (type: string, object: Json) => void,
  forward: (event: StoreEvent) => void,
): void {
  const from = query.resourceVersion ?? '';
  if (from === '' || from === '0' || query.initialEvents) {
    for (const object of store.list(kind, namespace)) if (matches(object)) write('ADDED', present(object));
    if (query.initialEvents && query.bookmarks) {
      const annotations = { 'k8s.io/initial-events-end': 'true' };
      write('BOOKMARK', bookmarkOf(kind, store.revision, annotations));
    }
    return;
  }
  try {
    for (const event of store.eventsAfter(Number(from))) forward(event);
  } catch (error) {
    if (error instanceof CompactedError) throw expired(`too old resource version: ${from} (${store.revision})`);
    throw error;
  }
}

/** An object that comes to match a selector is ADDED to this watcher, one that ceases to match is DELETED. */
function seenAs(event: StoreEvent, matches: (object: ApiObject) => boolean): { type: string; object: ApiObject } | undefined {
  const before = event.previous !== undefined && matches(event.previous);
  const now = event.type !== 'DELETED' && matches(event.object);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object: event.object };
  return before ? { type: 'DELETED', object: event.object } : undefined;
}

function bookmarkOf(kind: Kind, revision: number, annotations?: Record<string, string>): Json {
  const metadata = { resourceVersion: String(revision), creationTimestamp: null, ...(annotations ? { annotations } : {}) };
  return { kind: kind.kind, apiVersion: kind.apiVersion, metadata };
}
