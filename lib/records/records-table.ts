/** Where a record is: all records of one `pk` are neighbours, in the lexical order of their `sk`. */
export interface RecordKey {
  readonly pk: string;
  readonly sk: string;
}

/** What a record may hold: what JSON can say. */
export type RecordValue = string | number | boolean | null | readonly RecordValue[] | { readonly [name: string]: RecordValue };

export type RecordFields = Readonly<Record<string, RecordValue>>;

/** A record as it is stored: its key, `v`, `at`, perhaps `ttl` (epoch seconds), and the fields of its kind. */
export interface RecordItem extends RecordKey {
  readonly [name: string]: RecordValue;
}

/** What must be true of the record for a write to happen. A record whose `ttl` has passed is absent, whether it has been removed or not. */
export type Expectation =
  | { readonly kind: 'absent' }
  | { readonly kind: 'fields'; readonly equal: Readonly<Record<string, string | number>> };

/** `found` is the record that was in the way, as it was at that moment; there is none where fields were expected of a record that is absent. */
export type Written = { readonly written: true } | { readonly written: false; readonly found: RecordItem | undefined };

export interface PutOptions {
  /** Without one the record is replaced, whatever it was. */
  readonly expect?: Expectation;
  readonly signal?: AbortSignal | undefined;
}

export interface RecordUpdate {
  readonly key: RecordKey;
  readonly set: RecordFields;
  readonly expect: Expectation & { readonly kind: 'fields' };
  readonly signal?: AbortSignal | undefined;
}

export interface RecordQuery {
  readonly pk: string;
  /** What the `sk` begins with. */
  readonly prefix: string;
  readonly order: 'oldest-first' | 'newest-first';
  /** At most so many; all of them unless told. */
  readonly limit?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The one table of the functions' shared memory. Reads see every write that was answered before. Each write is of one record and happens as a
 * whole or not at all; one whose answer was lost and that was repeated reports what happened, and not that it met itself.
 * Every method rejects with a RecordsError.
 */
export interface RecordsTable {
  /** For people: `dynamodb://region/table`. */
  readonly location: string;
  get(key: RecordKey, signal?: AbortSignal): Promise<RecordItem | undefined>;
  put(item: RecordItem, options?: PutOptions): Promise<Written>;
  update(update: RecordUpdate): Promise<Written>;
  query(query: RecordQuery): Promise<readonly RecordItem[]>;
}
