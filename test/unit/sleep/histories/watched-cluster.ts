import { keyOf, ModelCluster, type ModelObject, type ModelWrite } from '../../../support/model-cluster.ts';
import { ModelState } from '../../../support/model-state-store.ts';
import { aNamespace } from '../../../support/workloads.ts';
import { BrokenPromise } from './broken-promise.ts';
import { sameBesides } from './fingerprint.ts';
import type { Flavour } from './flavours.ts';
import { isGarbled, type ObjectWish, objectOf, record, recordOf, recordText, sizeOf, specOf, truthOf } from './objects.ts';

/** What a history knows of an object that the object itself may not tell. */
interface Fact {
  flavour: Flavour;
  readonly namespace: number;
  readonly untouchable: boolean;
  /** The size that people gave it: what it has to be once awake. */
  truth: number;
  /** The run that made it smaller. */
  sleptBy: string | undefined;
  /** A person removed the record of a sleeper: only the ledger of that run knows the original. */
  lost: { readonly truth: number; readonly runId: string } | undefined;
}

export interface ClusterWish {
  readonly namespaces: readonly Flavour[];
  readonly objects: readonly (ObjectWish & { readonly namespace: number })[];
}

/** A model cluster with a witness: every write of a run is checked when it happens, every original after each step. */
export class WatchedCluster {
  readonly cluster = new ModelCluster();
  readonly state = new ModelState();
  readonly #facts = new Map<string, Fact>();
  readonly #namespaces: Flavour[];
  readonly #keys: string[] = [];
  writes = 0;

  constructor({ namespaces, objects }: ClusterWish) {
    this.#namespaces = [...namespaces];
    for (const [number, flavour] of namespaces.entries()) this.cluster.add(aNamespace(`ns-${number}`, flavour.annotations));
    for (const [number, wish] of objects.entries()) {
      const namespace = wish.namespace % namespaces.length;
      const object = objectOf(wish, `ns-${namespace}`, number);
      // A second object with an excluded name would be the first one again.
      if (this.cluster.get(keyOf(wish.kind, object.metadata ?? {}))) continue;
      const key = this.cluster.add(object);
      this.#keys.push(key);
      const untouchable = wish.owned || wish.filtered;
      const fact: Fact = { flavour: wish.flavour, namespace, untouchable, truth: 0, sleptBy: undefined, lost: undefined };
      this.#facts.set(key, fact);
      fact.truth = truthOf(this.#live(key));
    }
  }

  get count(): number {
    return this.#keys.length;
  }

  keyAt(index: number): string {
    return this.#keys[index % this.#keys.length] ?? '';
  }

  // What people do. Each says what is true afterwards.

  scale(key: string, size: number): void {
    const object = this.cluster.get(key);
    if (!object) return;
    this.cluster.edit(key, { spec: specOf(object.kind, object.kind === 'CronJob' ? Math.min(size, 1) : size) });
    this.#believe(key);
  }

  setRecord(key: string, text: string | null): void {
    const fact = this.#facts.get(key);
    const before = this.cluster.get(key);
    if (!fact || !before) return;
    const { truth, sleptBy } = fact;
    const wasOwed = sizeOf(before) < truth;
    this.cluster.edit(key, { metadata: { annotations: { [record]: text } } });
    this.#believe(key);
    if (text === null && wasOwed && sleptBy !== undefined) fact.lost = { truth, runId: sleptBy };
  }

  /** As the downscalers do it: the live size is recorded over whatever was recorded before. */
  otherToolSleeps(key: string, format: 'py' | 'go'): void {
    const object = this.cluster.get(key);
    if (!object || sizeOf(object) === 0) return;
    const kind = object.kind as ObjectWish['kind'];
    const text = recordText(kind, sizeOf(object), format);
    this.#handOver(key, { spec: specOf(kind, 0), metadata: { annotations: { [record]: text } } });
  }

  otherToolWakes(key: string): void {
    const object = this.cluster.get(key);
    const size = object && recordOf(object);
    if (size !== undefined) this.#handOver(key, { spec: specOf(object?.kind, size), metadata: { annotations: { [record]: null } } });
  }

  /** What another tool makes of an object is the truth from then on; no ledger of ours knows it. */
  #handOver(key: string, patch: Readonly<Record<string, unknown>>): void {
    this.cluster.edit(key, patch);
    this.#believe(key);
    const fact = this.#facts.get(key);
    if (fact) fact.sleptBy = undefined;
  }

  reflavour(key: string, flavour: Flavour): void {
    const fact = this.#facts.get(key);
    if (!fact || !this.cluster.get(key)) return;
    this.cluster.edit(key, { metadata: { annotations: { ...removed(fact.flavour), ...flavour.annotations } } });
    fact.flavour = flavour;
  }

  reflavourNamespace(number: number, flavour: Flavour): void {
    const at = number % this.#namespaces.length;
    const before = this.#namespaces[at];
    if (!before) return;
    this.cluster.edit(`Namespace/ns-${at}`, { metadata: { annotations: { ...removed(before), ...flavour.annotations } } });
    this.#namespaces[at] = flavour;
  }

  touch(key: string, text: string): void {
    this.cluster.edit(key, { metadata: { labels: { touched: text } } });
  }

  remove(key: string): void {
    this.cluster.remove(key);
  }

  /** Deletes and creates it again, without a record. */
  recreate(key: string, size: number): void {
    const object = this.cluster.get(key);
    const fact = this.#facts.get(key);
    if (!object || !fact) return;
    const { [record]: _, ...annotations } = object.metadata?.annotations ?? {};
    this.cluster.remove(key);
    const spec = { ...object.spec, ...specOf(object.kind, object.kind === 'CronJob' ? Math.min(size, 1) : size) };
    this.cluster.add({ ...object, metadata: { ...object.metadata, annotations }, spec } as ModelObject);
    fact.sleptBy = undefined;
    this.#believe(key);
  }

  // What the witness says.

  /** Live objects with the flavours that hold for them. */
  *live(): Iterable<{
    key: string;
    object: ModelObject;
    flavour: Flavour;
    namespace: Flavour;
    untouchable: boolean;
    truth: number;
  }> {
    for (const [key, fact] of this.#facts) {
      const object = this.cluster.get(key);
      const namespace = this.#namespaces[fact.namespace];
      if (!object || !namespace) continue;
      const untouchable = fact.untouchable || isGarbled(object);
      yield { key, object, flavour: fact.flavour, namespace, untouchable, truth: fact.truth };
    }
  }

  /** To be told of every write of a run, when it happens. @throws BrokenPromise */
  witness(runId: string): (write: ModelWrite) => void {
    return ({ key, before, after }) => {
      const fact = this.#facts.get(key);
      if (!fact || !before) return;
      this.writes += 1;
      const size = sizeOf(after);
      const owed = recordOf(before);
      const promise = (kept: boolean, sentence: string): void => {
        if (!kept) throw new BrokenPromise(`${key}, ${sizeOf(before)} -> ${size}, record ${owed} -> ${recordOf(after)}: ${sentence}`);
      };
      promise(!fact.untouchable && !isGarbled(before), 'filtered, owned and unreadable ones are never touched');
      const freed = size === sizeOf(before) && owed === size;
      promise(
        !fact.flavour.excluded || size > sizeOf(before) || freed,
        'an excluded object is only ever woken, or freed of a record that it no longer owes',
      );
      promise(size <= fact.truth, 'nothing grows beyond what people gave it');
      if (size < sizeOf(before)) {
        promise(recordOf(after) === fact.truth, 'the true original is written together with the smaller size');
        fact.sleptBy = runId;
      } else {
        promise(recordOf(after) === undefined && size === fact.truth, 'only a woken object loses its record');
        promise(owed !== undefined, 'only a recorded sleeper is woken');
      }
      promise(sameBesides(before, after), 'nothing but size and record is changed');
      fact.lost = undefined;
    };
  }

  /** To be told of every write of a restore. What an operator put back is the truth from then on. @throws BrokenPromise */
  restoreWitness(): (write: ModelWrite) => void {
    return ({ key, before, after }) => {
      const fact = this.#facts.get(key);
      if (!fact || !before) return;
      this.writes += 1;
      const owed = isGarbled(before) ? undefined : fact.truth;
      const said = `${key}, ${sizeOf(before)} -> ${sizeOf(after)}, of ${owed}`;
      if (sizeOf(after) < sizeOf(before)) throw new BrokenPromise(`${said}: a restore makes nothing smaller`);
      if (owed !== undefined && sizeOf(after) < owed) throw new BrokenPromise(`${said}: a record that is still owed is not dropped`);
      if (recordOf(after) !== undefined) throw new BrokenPromise(`${said}: a restored object owes nothing`);
      if (!sameBesides(before, after)) throw new BrokenPromise(`${said}: nothing but size and record is changed`);
      fact.sleptBy = undefined;
      this.#believe(key);
    };
  }

  /** After any step: every original can be found where it should be. @throws BrokenPromise */
  checkOriginals(): void {
    const ledgers = new Map<string, ReadonlyMap<string, number>>();
    const inLedger = (runId: string, key: string): number | undefined => {
      const known = ledgers.get(runId) ?? this.#originalsOf(runId);
      ledgers.set(runId, known);
      return known.get(key);
    };
    for (const [key, { truth, sleptBy, lost }] of this.#facts) {
      const object = this.cluster.get(key);
      if (!object) continue;
      if (lost && inLedger(lost.runId, key) !== lost.truth) throw new BrokenPromise(`${key}: the ledger lost its original`);
      if (isGarbled(object) || sizeOf(object) === truth) continue;
      if (recordOf(object) !== truth) throw new BrokenPromise(`${key}: its record is ${recordOf(object)}, its original was ${truth}`);
      if (sleptBy !== undefined && inLedger(sleptBy, key) !== truth)
        throw new BrokenPromise(`${key}: the ledger of ${sleptBy} does not hold its original ${truth}`);
    }
  }

  #originalsOf(runId: string): ReadonlyMap<string, number> {
    // Read as plain JSON, not by the code under test. Of two entries of one object the later holds.
    const originals = new Map<string, number>();
    for (const [key, text] of this.state.documents()) {
      if (!key.startsWith(`runs/${runId}/`)) continue;
      const { entries } = JSON.parse(text) as { entries: { kind: string; namespace: string; name: string; original: number }[] };
      for (const entry of entries) originals.set(keyOf(entry.kind, entry), entry.original);
    }
    return originals;
  }

  #live(key: string): ModelObject {
    const object = this.cluster.get(key);
    if (!object) throw new Error(`${key} does not exist`);
    return object;
  }

  #believe(key: string): void {
    const fact = this.#facts.get(key);
    if (!fact) return;
    fact.truth = truthOf(this.#live(key));
    fact.lost = undefined;
  }
}

function removed(flavour: Flavour): Record<string, null> {
  return Object.fromEntries(Object.keys(flavour.annotations).map((name) => [name, null]));
}
