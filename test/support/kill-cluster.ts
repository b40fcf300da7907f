import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient, Resource } from '../../lib/kubernetes/client.ts';
import { adapterOf, type KindName, kinds } from '../../lib/sleep/kinds/kinds.ts';
import { refOf } from '../../lib/sleep/workload.ts';
import { aNamespace, builders } from './workloads.ts';

const record = 'downscaler/original-replicas';
const namespaces: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const counts: Readonly<Record<KindName, number>> = { Deployment: 36, StatefulSet: 20, CronJob: 16 };

/** One object as the API server has it. */
export interface Live {
  readonly ref: string;
  readonly kind: KindName;
  readonly size: number;
  readonly record: string | undefined;
  /** Everything but what changes with each write. */
  readonly body: unknown;
}

const kindNames = Object.keys(kinds) as KindName[];

/** Workloads of known sizes in four namespaces; every ninth is switched off by a person, and has to stay so. */
export async function createWorkloads(client: KubernetesClient): Promise<void> {
  for (let number = 0; number < 4; number++) await client.create(namespaces, aNamespace(`team-${number}`));
  for (const kind of kindNames) {
    for (let number = 0; number < counts[kind]; number++) {
      const size = number % 9 === 8 ? 0 : (number % 7) + 1;
      const object = builders[kind]({ namespace: `team-${number % 4}`, name: `${kind.toLowerCase()}-${number}`, size });
      delete object.metadata?.creationTimestamp;
      await client.create<KubernetesObject>(adapterOf(kind).resource, object);
    }
  }
}

export async function readWorkloads(client: KubernetesClient): Promise<readonly Live[]> {
  const lists = kindNames.map((kind) => client.list(adapterOf(kind).resource, { select: (object) => liveOf(kind, object) }));
  return (await Promise.all(lists)).flat().sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** What a careless script does: the records are gone, the sizes stay. */
export async function removeRecords(client: KubernetesClient, live: readonly Live[]): Promise<number> {
  const recorded = live.filter((object) => object.record !== undefined);
  for (const { ref, kind } of recorded) {
    const [namespace = '', , name = ''] = ref.split('/');
    const body = { metadata: { annotations: { [record]: null } } };
    await client.patch(adapterOf(kind).resource, { namespace, name }, body, { type: 'merge' });
  }
  return recorded.length;
}

/** Every original in every ledger of a state directory, by object; read as plain files, without the code under test. */
export function originalsInLedgers(directory: string): ReadonlyMap<string, readonly number[]> {
  const originals = new Map<string, number[]>();
  const ledgers = join(directory, 'runs');
  if (!existsSync(ledgers)) return originals;
  for (const entry of readdirSync(ledgers, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.tmp')) continue;
    const document: unknown = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const { original, ...object } of (document as { entries: { namespace: string; kind: string; name: string; original: number }[] })
      .entries) {
      originals.set(refOf(object), [...(originals.get(refOf(object)) ?? []), original]);
    }
  }
  return originals;
}

function liveOf(kind: KindName, object: KubernetesObject): Live {
  const { resourceVersion, generation, managedFields, ...metadata } = object.metadata ?? {};
  const { namespace = '', name = '' } = metadata;
  const body = { ...object, metadata, status: undefined };
  return {
    ref: refOf({ namespace, kind, name }),
    kind,
    size: adapterOf(kind).sizeOf(object),
    record: metadata.annotations?.[record],
    body,
  };
}
