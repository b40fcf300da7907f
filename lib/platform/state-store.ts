/** A stored document and the version that a conditional write must name. */
export interface StoredState {
  readonly body: string;
  readonly etag: string;
}

/**
 * Durable documents under slash-separated keys: run plans, originals, reports. S3 on AWS, a directory for the CLI.
 * Writes are atomic: a reader sees the old or the new document, never half of one.
 * Every method throws a StateStoreError (see `lib/platform/state-store-error.ts`) that names the store, the key and what to do.
 */
export interface StateStore {
  /** For people: `s3://bucket/prefix` or the directory. */
  readonly location: string;
  get(key: string, signal?: AbortSignal): Promise<StoredState | undefined>;
  /** Creates the document only if the key is free (`If-None-Match: *`). */
  putIfAbsent(key: string, body: string, signal?: AbortSignal): Promise<'created' | 'exists'>;
  /** Replaces the document only if it is still the version read (`If-Match`). */
  replace(key: string, body: string, etag: string, signal?: AbortSignal): Promise<'replaced' | 'changed'>;
  /** Keys under a prefix, in lexical order. */
  list(prefix: string, signal?: AbortSignal): Promise<readonly string[]>;
}
