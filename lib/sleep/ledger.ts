import * as z from 'zod';
import { BadInputError } from '../platform/errors.ts';
import type { StateStore } from '../platform/state-store.ts';
import type { Decision } from './decision.ts';
import { isKind, type KindName } from './kinds/kinds.ts';
import type { LedgerOrigin } from './ledger-origin.ts';
import { refOf } from './workload.ts';

/**
 * The second copy of every original: `runs/<run>/<cluster>/<number>.json`, written before the first change of a run.
 * Documents are only ever added; of two that speak of one object the later holds, because it was written nearer to the change.
 */
const documentSchema = z.object({
  version: z.literal(1),
  runId: z.string(),
  cluster: z.string(),
  /** See `cluster-identity.ts`; absent where it was unknown. */
  clusterUid: z.string().optional(),
  at: z.string(),
  entries: z.array(
    z.object({
      kind: z.custom<KindName>((kind) => typeof kind === 'string' && isKind(kind)),
      namespace: z.string(),
      name: z.string(),
      uid: z.string(),
      from: z.number(),
      to: z.number(),
      original: z.number(),
    }),
  ),
});

export type LedgerDocument = z.output<typeof documentSchema>;
export type LedgerEntry = LedgerDocument['entries'][number];

export interface Ledger {
  readonly location: string;
  /** Resolves once the originals of these decisions are durable. Each call adds a document; none is ever replaced. */
  record(decisions: readonly Decision[], signal: AbortSignal): Promise<void>;
}

export interface LedgerRun {
  readonly runId: string;
  readonly cluster: string;
  readonly now: () => number;
  /** Asked once, before the first document. */
  readonly identity?: (signal: AbortSignal) => Promise<string | undefined>;
}

export function openLedger(store: StateStore, run: LedgerRun): Ledger {
  let number = 0;
  let identity: Promise<string | undefined> | undefined;
  return {
    location: store.location,
    async record(decisions, signal) {
      identity ??= run.identity?.(signal);
      const document = {
        version: 1,
        runId: run.runId,
        cluster: run.cluster,
        clusterUid: await identity,
        at: new Date(run.now()).toISOString(),
        entries: decisions.map(entryOf),
      };
      const body = JSON.stringify(document);
      let written: 'created' | 'exists';
      do {
        number += 1;
        written = await store.putIfAbsent(`${folderOf(run.runId, run.cluster)}${String(number).padStart(6, '0')}.json`, body, signal);
      } while (written === 'exists');
    },
  };
}

/** No document of the run is there: a mistyped id, another state location, or a run that put nothing to sleep on this cluster. */
export class UnknownRunError extends BadInputError {}

export interface RunOriginals extends LedgerOrigin {
  /** The latest of each object. */
  readonly entries: readonly LedgerEntry[];
  /** Documents that cannot be read, as sentences; what they held is not among the entries. */
  readonly problems: readonly string[];
}

/**
 * The originals of a run.
 * @throws UnknownRunError when the ledger knows no such run on this cluster; BadInputError when none of its documents can be read
 */
export async function readLedger(
  store: StateStore,
  run: { readonly runId: string; readonly cluster: string },
  signal: AbortSignal,
): Promise<RunOriginals> {
  const keys = await store.list(folderOf(run.runId, run.cluster), signal);
  const where = `run ${run.runId} on cluster ${run.cluster}`;
  if (keys.length === 0) {
    throw new UnknownRunError(`cannot restore ${where}: ${store.location} holds no originals of it`, {
      hint: await knownRuns(store, run.cluster, signal),
    });
  }
  const latest = new Map<string, LedgerEntry>();
  const damaged: string[] = [];
  const origins = new Set<string | undefined>();
  for (const key of keys) {
    const document = parse((await store.get(key, signal))?.body);
    if (!document) damaged.push(key);
    else origins.add(document.clusterUid);
    for (const entry of document?.entries ?? []) latest.set(refOf(entry), entry);
  }
  if (damaged.length === keys.length) {
    throw new BadInputError(`cannot restore ${where}: ${damaged.join(', ')} cannot be read, the document is damaged`, {
      hint: damagedHint,
    });
  }
  return {
    entries: [...latest.values()],
    clusterUids: [...origins].filter((uid) => uid !== undefined),
    unnamed: origins.has(undefined),
    problems: damaged.map((key) => `${key} cannot be read, the document is damaged: ${damagedHint}`),
  };
}

const damagedHint = 'the annotations on the objects hold the same originals, and nightshift wake uses them';

/** Cluster names may be ARNs or context names with slashes. */
function folderOf(runId: string, cluster: string): string {
  return `runs/${runId}/${encodeURIComponent(cluster)}/`;
}

async function knownRuns(store: StateStore, cluster: string, signal: AbortSignal): Promise<string> {
  const keys = await store.list('runs/', signal);
  const here = keys.map((key) => key.split('/')).filter((parts) => parts[2] === encodeURIComponent(cluster));
  const runs = [...new Set(here.map((parts) => parts[1] ?? ''))].slice(-5).reverse();
  return runs.length > 0
    ? `the latest runs known there: ${runs.join(', ')}`
    : 'no run of this cluster is known there; check the state location';
}

function parse(body: string | undefined): LedgerDocument | undefined {
  try {
    return documentSchema.parse(JSON.parse(body ?? ''));
  } catch {
    return undefined;
  }
}

function entryOf({ workload, from, to, original }: Decision): LedgerEntry {
  const { kind, namespace, name, uid } = workload;
  return { kind, namespace, name, uid, from, to, original: typeof original === 'number' ? original : from };
}
