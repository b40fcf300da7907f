import { isChange } from '../../../../lib/sleep/decision.ts';
import type { SleepPolicy } from '../../../../lib/sleep/policy.ts';
import type { Intent } from '../../../../lib/sleep/wanted.ts';
import { CallFaults, type Fault } from '../../../support/model-faults.ts';
import { aPolicy, decideModelNight, type NightWish, runModelNight } from '../../../support/model-night.ts';
import { type Flavour, flavours, instants, type Time } from './flavours.ts';
import { recordOf, sizeOf } from './objects.ts';
import { expectedAfter } from './oracle.ts';
import { BrokenPromise, type ClusterWish, WatchedCluster } from './watched-cluster.ts';

/** What a person does to the object with this number, modulo the objects there are. */
export type Edit =
  | { readonly edit: 'scale' | 'recreate'; readonly object: number; readonly size: number }
  | { readonly edit: 'forget record' | 'garble record' | 'touch' | 'delete'; readonly object: number }
  | { readonly edit: 'annotate' | 'annotate namespace'; readonly object: number; readonly flavour: Flavour };

export type FaultWish =
  | { readonly at: number; readonly fault: 'crash-before' | 'crash-after' | 'refused' | 'lost' | 'repeated' }
  | { readonly at: number; readonly fault: 'edit'; readonly edit: Edit }
  | { readonly at: number; readonly fault: 'another run'; readonly intent: Intent; readonly time: Time };

export interface RunStep {
  readonly step: 'run';
  readonly intent: Intent;
  readonly time: Time;
  readonly faults: readonly FaultWish[];
  /** The event of the run before, delivered once more. */
  readonly redelivered: boolean;
}

export type Step = RunStep | { readonly step: 'edit'; readonly edit: Edit };

export interface HistoryWish extends ClusterWish {
  readonly configuration: Flavour;
  readonly excludedSleepers: SleepPolicy['excludedSleepers'];
  readonly stateFormat: SleepPolicy['stateFormat'];
  readonly events: SleepPolicy['events'];
}

/** One cluster through its nights. Every method throws a BrokenPromise as soon as one is broken. */
export class History {
  readonly watched: WatchedCluster;
  readonly runIds: string[] = [];
  readonly #policy: SleepPolicy;
  readonly #configuration: Flavour;

  constructor(wish: HistoryWish) {
    this.watched = new WatchedCluster(wish);
    this.#configuration = wish.configuration;
    const { excludedSleepers, stateFormat, events } = wish;
    this.#policy = aPolicy({ excludedSleepers, stateFormat, events, scopes: [scopeOf(wish.configuration)] });
  }

  async take(step: Step): Promise<void> {
    if (step.step === 'edit') this.edit(step.edit);
    else await this.run(step);
    await this.watched.checkOriginals();
  }

  async run({ intent, time, faults, redelivered }: RunStep): Promise<void> {
    const last = this.runIds.at(-1);
    const runId = redelivered && last !== undefined ? last : this.#newRunId();
    const calls = new CallFaults(new Map(faults.map((fault) => [fault.at, this.#faultOf(fault)])));
    const before = this.#expected(intent, time);
    await this.#night({ intent, time, runId, faults: calls });
    if (faults.some(({ at }) => at <= calls.calls)) return;
    this.#compare(before);
    await this.#expectConverged(intent, time);
  }

  /** A run in which nothing goes wrong. */
  clean(intent: Intent, time: Time): Promise<void> {
    return this.take({ step: 'run', intent, time, faults: [], redelivered: false });
  }

  /** Puts back a run's originals from the ledger alone; a run that put nothing to sleep has none. */
  async restore(runId: string): Promise<void> {
    const { cluster, state } = this.watched;
    const hasOriginals = state.keys().some((key) => key.startsWith(`runs/${runId}/`));
    if (hasOriginals) await runModelNight(cluster, state, { policy: this.#policy, now: instants.day, runId: 'restore', restore: runId });
  }

  edit(edit: Edit): void {
    const key = this.watched.keyAt(edit.object);
    switch (edit.edit) {
      case 'scale':
        this.watched.scale(key, edit.size);
        break;
      case 'recreate':
        this.watched.recreate(key, edit.size);
        break;
      case 'forget record':
        this.watched.setRecord(key, null);
        break;
      case 'garble record':
        this.watched.setRecord(key, 'three');
        break;
      case 'touch':
        this.watched.touch(key, `${this.runIds.length}`);
        break;
      case 'delete':
        this.watched.remove(key);
        break;
      case 'annotate':
        this.watched.reflavour(key, edit.flavour);
        break;
      case 'annotate namespace':
        this.watched.reflavourNamespace(edit.object, edit.flavour);
        break;
      default:
        edit satisfies never;
    }
  }

  #newRunId(): string {
    const runId = `run-${this.runIds.length}`;
    this.runIds.push(runId);
    return runId;
  }

  async #night({ intent, time, runId, faults }: { intent: Intent; time: Time; runId: string; faults: CallFaults }): Promise<void> {
    const { cluster, state } = this.watched;
    const broken: BrokenPromise[] = [];
    const witness = this.watched.witness(runId);
    const wish: NightWish = {
      policy: this.#policy,
      now: instants[time],
      intent,
      runId,
      faults,
      // A run survives the errors of its adapters; a broken promise must survive the run.
      onWrite: (write) => {
        try {
          witness(write);
        } catch (error) {
          broken.push(error as BrokenPromise);
        }
      },
    };
    await runModelNight(cluster, state, wish);
    if (broken[0]) throw broken[0];
  }

  #faultOf(wish: FaultWish): Fault {
    if (wish.fault === 'edit') return { kind: 'interlude', act: () => this.edit(wish.edit) };
    if (wish.fault !== 'another run') return { kind: wish.fault };
    const { intent, time } = wish;
    return { kind: 'interlude', act: () => this.#night({ intent, time, runId: this.#newRunId(), faults: new CallFaults() }) };
  }

  /** What a run without trouble has to make of each object. */
  #expected(intent: Intent, time: Time): ReadonlyMap<string, { readonly size: number; readonly record: number | undefined }> {
    const policy = this.#policy;
    const configuration = this.#configuration;
    const expected = new Map<string, { readonly size: number; readonly record: number | undefined }>();
    for (const { key, object, flavour, namespace, untouchable } of this.watched.live()) {
      const state = { size: sizeOf(object), record: recordOf(object) };
      const scaled = object.kind !== 'CronJob';
      const situation = { scaled, workload: flavour, namespace, configuration, policy, intent, time };
      expected.set(key, untouchable ? state : expectedAfter(state, situation));
    }
    return expected;
  }

  #compare(expected: ReadonlyMap<string, { readonly size: number; readonly record: number | undefined }>): void {
    for (const { key, object, flavour, namespace } of this.watched.live()) {
      const wanted = expected.get(key);
      const found = { size: sizeOf(object), record: recordOf(object) };
      if (found.size !== wanted?.size || found.record !== wanted.record) {
        const where = `${key} (${flavour.name}, in ${namespace.name})`;
        throw new BrokenPromise(`${where} should be ${JSON.stringify(wanted)} and is ${JSON.stringify(found)}`);
      }
    }
  }

  /** Right after a run nothing is left to do, and doing it again writes nothing, neither objects nor originals. */
  async #expectConverged(intent: Intent, time: Time): Promise<void> {
    const { cluster, state, writes } = this.watched;
    const documents = state.keys().length;
    const again = { policy: this.#policy, now: instants[time], intent, runId: 'again' };
    const { decisions, act } = await decideModelNight(cluster, state, { ...again, onWrite: this.watched.witness('again') });
    const changes = decisions.flatMap((each) => (each.kind === 'decided' ? each.decisions.filter(isChange) : []));
    if (changes.length > 0) throw new BrokenPromise(`a converged cluster has changes left: ${JSON.stringify(changes[0])}`);
    await act();
    if (this.watched.writes !== writes) throw new BrokenPromise('a second run wrote to objects');
    if (state.keys().length !== documents) throw new BrokenPromise('a second run wrote to the ledger');
  }
}

const configurationNames: Readonly<Record<string, string>> = {
  'downscaler/uptime': 'uptime',
  'downscaler/downtime': 'downtime',
  'downscaler/upscale-period': 'upscalePeriod',
  'downscaler/downscale-period': 'downscalePeriod',
};

/** Flavours that a configuration can have: a schedule, or none. */
export const configurationFlavours: readonly Flavour[] = flavours.filter(
  ({ annotations, excluded }) => !excluded && Object.keys(annotations).every((name) => name in configurationNames),
);

function scopeOf({ annotations }: Flavour): Readonly<Record<string, string>> {
  const values = Object.entries(annotations).map(([name, value]) => [configurationNames[name] ?? name, value]);
  return { label: 'flags', ...Object.fromEntries(values) };
}
