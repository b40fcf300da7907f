import { createHash } from 'node:crypto';

export interface StoredObject {
  readonly body: Buffer;
  /** In quotes, as on the wire. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  /** Content type, user metadata and checksum headers, as they are answered. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksums: Readonly<Record<string, string>>;
}

/** The objects of one bucket, in memory. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly objects: Map<string, StoredObject>;
}

export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

export interface ListQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Exclusive. */
  readonly after: string;
  readonly maxKeys: number;
}

export interface ListPage {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix of a page that is not the last. */
  readonly last: string | undefined;
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** One page in the order of UTF-8 bytes; keys that share a part up to the delimiter count once. */
export function listPage(bucket: Bucket, { prefix, delimiter, after, maxKeys }: ListQuery): ListPage {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  for (const key of [...bucket.objects.keys()].sort(byBytes)) {
    if (!key.startsWith(prefix) || byBytes(key, after) <= 0) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    // The group was answered on this page, or closed the page before it.
    if (common !== undefined && (common === commonPrefixes.at(-1) || common === after)) continue;
    if (keys.length + commonPrefixes.length === maxKeys) return { keys, commonPrefixes, last };
    if (common === undefined) keys.push(key);
    else commonPrefixes.push(common);
    last = common ?? key;
  }
  return { keys, commonPrefixes, last: undefined };
}
