import type { Deadline } from '../../../../lib/platform/deadline.ts';
import { isChange } from '../../../../lib/sleep/decision.ts';
import type { SleepPolicy } from '../../../../lib/sleep/policy.ts';
import type { Intent } from '../../../../lib/sleep/wanted.ts';
import type { ModelWrite } from '../../../support/model-cluster.ts';
import { CallFaults, type Fault } from '../../../support/model-faults.ts';
import { decideModelNight, endless, type NightWish, runModelNight } from '../../../support/model-night.ts';
import { BrokenPromise } from './broken-promise.ts';
import { type PolicyWish, policyOf } from './configuration.ts';
import { type Flavour, instants, type Time } from './flavours.ts';
import { recordOf, sizeOf } from './objects.ts';
import { expectedAfter } from './oracle.ts';
import { expectOrder } from './order.ts';
import type { Edit, FaultWish, RunStep, Step } from './steps.ts';
import { type ClusterWish, WatchedCluster } from './watched-cluster.ts';

export interface HistoryWish extends ClusterWish, PolicyWish {}

/** One cluster through its nights. Every method throws a BrokenPromise as soon as one is broken. */
export class History {
  readonly watched: WatchedCluster;
  readonly runIds: string[] = [];
  #policy: SleepPolicy;
  #configuration: Flavour;

  constructor(wish: HistoryWish) {
    this.watched = new WatchedCluster(wish);
    this.#configuration = wish.configuration;
    this.#policy = policyOf(wish);
  }

  async take(step: Step): Promise<void> {
    switch (step.step) {
      case 'edit':
        this.edit(step.edit);
        break;
      case 'reconfigure':
        this.#configuration = step.policy.configuration;
        this.#policy = policyOf(step.policy);
        break;
      case 'together':
        await this.#together(step.runs);
        break;
      case 'restore':
        await this.restore(this.#recordedRun(step.run), step.faults);
        break;
      case 'run':
        await this.run(step);
        break;
      default:
        step satisfies never;
    }
    this.watched.checkOriginals();
  }

  async run({ intent, time, faults, redelivered }: RunStep): Promise<void> {
    const last = this.runIds.at(-1);
    const runId = redelivered && last !== undefined ? last : this.#newRunId();
    const calls = this.#callFaults(faults);
    const before = this.#expected(intent, time);
    const writes = await this.#night({ intent, time, runId, faults: calls, deadline: deadlineOf(faults, calls) });
    if (faults.some(({ at }) => at <= calls.calls)) return;
    this.#compare(before);
    expectOrder(writes);
    await this.#expectConverged(intent, time);
  }

  /** A run in which nothing goes wrong. */
  clean(intent: Intent, time: Time): Promise<void> {
    return this.take({ step: 'run', intent, time, faults: [], redelivered: false });
  }

  /** Puts back a run's originals from the ledger alone; a run that put nothing to sleep has none. */
  async restore(runId: string, faults: readonly FaultWish[] = []): Promise<void> {
    const { cluster, state } = this.watched;
    const hasOriginals = state.keys().some((key) => key.startsWith(`runs/${runId}/`));
    if (!hasOriginals) return;
    const calls = this.#callFaults(faults);
    const { broken, onWrite } = keeping(this.watched.restoreWitness());
    const wish = { policy: this.#policy, now: instants.day, runId: 'restore', restore: runId, faults: calls, onWrite };
    await runModelNight(cluster, state, { ...wish, deadline: deadlineOf(faults, calls) });
    if (broken[0]) throw broken[0];
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
      case 'other tool sleeps':
        this.watched.otherToolSleeps(key, edit.format);
        break;
      case 'other tool wakes':
        this.watched.otherToolWakes(key);
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

  /** Of the runs that put something to sleep. */
  #recordedRun(number: number): string {
    const runs = [...new Set(this.watched.state.keys().map((key) => key.split('/')[1] ?? ''))];
    return runs[number % runs.length] ?? '';
  }

  #newRunId(): string {
    const runId = `run-${this.runIds.length}`;
    this.runIds.push(runId);
    return runId;
  }

  /** Runs that are at work at the same time, each with its own troubles. */
  async #together(runs: readonly RunStep[]): Promise<void> {
    const ready = runs.map(({ intent, time, faults }) => ({ intent, time, wishes: faults, runId: this.#newRunId() }));
    await Promise.all(
      ready.map(({ wishes, ...run }) => {
        const faults = this.#callFaults(wishes);
        return this.#night({ ...run, faults, deadline: deadlineOf(wishes, faults) });
      }),
    );
  }

  /** @returns the writes that took effect, in their order */
  async #night({ time, ...run }: Pick<NightWish, 'runId' | 'deadline'> & NightTroubles): Promise<readonly ModelWrite[]> {
    const { cluster, state } = this.watched;
    const { broken, writes, onWrite } = keeping(this.watched.witness(run.runId));
    const wish: NightWish = { ...run, policy: this.#policy, now: instants[time], onWrite };
    await runModelNight(cluster, state, wish);
    if (broken[0]) throw broken[0];
    return writes;
  }

  #callFaults(wishes: readonly FaultWish[]): CallFaults {
    return new CallFaults(
      new Map(wishes.flatMap((wish) => (wish.fault === 'time is up' ? [] : [[wish.at, this.#faultOf(wish)] as const]))),
    );
  }

  #faultOf(wish: Exclude<FaultWish, { readonly fault: 'time is up' }>): Fault {
    switch (wish.fault) {
      case 'edit':
        return { kind: 'interlude', act: () => this.edit(wish.edit) };
      case 'slow':
        return { kind: 'slow', turns: wish.turns };
      case 'another run': {
        const { intent, time } = wish;
        const act = async (): Promise<void> => {
          await this.#night({ intent, time, runId: this.#newRunId(), faults: new CallFaults(), deadline: endless });
        };
        return { kind: 'interlude', act };
      }
      default:
        return { kind: wish.fault };
    }
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

interface NightTroubles {
  readonly intent: Intent;
  readonly time: Time;
  readonly faults: CallFaults;
}

/** A budget that ends with the call of that number: calls under way are finished, no new work is begun. */
function deadlineOf(wishes: readonly FaultWish[], calls: CallFaults): Deadline {
  const last = Math.min(...wishes.map((wish) => (wish.fault === 'time is up' ? wish.at : Number.POSITIVE_INFINITY)));
  return { ...endless, expired: () => calls.calls >= last };
}

/** A run survives the errors of its adapters; a broken promise must survive the run. */
function keeping(witness: (write: ModelWrite) => void): {
  readonly broken: readonly BrokenPromise[];
  readonly writes: readonly ModelWrite[];
  readonly onWrite: (write: ModelWrite) => void;
} {
  const broken: BrokenPromise[] = [];
  const writes: ModelWrite[] = [];
  const onWrite = (write: ModelWrite): void => {
    writes.push(write);
    try {
      witness(write);
    } catch (error) {
      broken.push(error as BrokenPromise);
    }
  };
  return { broken, writes, onWrite };
}
