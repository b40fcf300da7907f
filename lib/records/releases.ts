import * as z from 'zod';
import { instant, RECORD_VERSION, type Records, readRecord, readRecords } from './read-record.ts';
import { recordKey, recordPrefix } from './record-key.ts';
import type { RecordFields, RecordItem, RecordsTable } from './records-table.ts';

/** What was released of an application, and what proves it: the digest of the image or file. */
export interface Release {
  readonly app: string;
  readonly version: string;
  /** `sha256:…` */
  readonly digest: string;
  /** `s3://bucket/key?versionId=…`, or an image reference. */
  readonly uri: string;
  /** Where it came from: a repository and commit, a build. */
  readonly source?: string;
  readonly metadata: RecordFields;
  readonly status: 'released' | 'quarantined';
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface Releases {
  /** @throws BadRecordError when it is there and cannot be read */
  get(app: string, version: string, signal?: AbortSignal): Promise<Release | undefined>;
  /** What was released last; quarantined releases do not count. */
  newest(
    app: string,
    signal?: AbortSignal,
  ): Promise<{ readonly release: Release | undefined; readonly skipped: Records<Release>['skipped'] }>;
  /** A version is written once: nothing is ever overwritten. */
  add(release: Release, signal?: AbortSignal): Promise<'added' | 'exists'>;
}

const schema = z.object({
  digest: z.string().regex(/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/, 'no digest like sha256:…'),
  uri: z.string().min(1),
  source: z.string().exactOptional(),
  metadata: z.record(z.string(), z.json()).default({}),
  status: z.enum(['released', 'quarantined']),
  at: instant,
});

function read(item: RecordItem): Release {
  const fields = readRecord(item, schema);
  return { app: item.pk.slice('app#'.length), version: item.sk.slice('release#'.length), ...fields };
}

/** Releases of applications, by version. */
export function releases(table: RecordsTable): Releases {
  const keyOf = (app: string, version: string): ReturnType<typeof recordKey> => recordKey(['app', app], ['release', version]);
  return {
    async get(app, version, signal) {
      const item = await table.get(keyOf(app, version), signal);
      return item && read(item);
    },
    async newest(app, signal) {
      // Versions do not sort by time, and not all are semantic: the moment decides.
      const { pk } = keyOf(app, '.');
      const { items, skipped } = readRecords(
        await table.query({ pk, prefix: recordPrefix(['release']), order: 'newest-first', signal }),
        read,
      );
      const released = items.filter(({ status }) => status === 'released');
      const latest = released.reduce<Release | undefined>(
        (best, each) => (best && Date.parse(best.at) >= Date.parse(each.at) ? best : each),
        undefined,
      );
      return { release: latest, skipped };
    },
    async add({ app, version, ...fields }, signal) {
      const item = { ...keyOf(app, version), v: RECORD_VERSION, ...fields };
      const { written } = await table.put(item, { expect: { kind: 'absent' }, signal });
      return written ? 'added' : 'exists';
    },
  };
}
