import { type Fields, textAt } from '../../kubernetes/fields.ts';
import type { Outcome, Reason, Verdict } from './outcome.ts';
import type { VerdictPolicy } from './policy.ts';

/** An object as its API gave it, or as a file holds it, and what is known around it. Nothing of it has been checked. */
export interface Observed {
  readonly object: unknown;
  /** Of the object, of any revision; absent when nobody looked. */
  readonly pods?: readonly unknown[];
  readonly replicaSets?: readonly unknown[];
  readonly controllerRevisions?: readonly unknown[];
  /** Of the object and of what it owns; core/v1 or events.k8s.io/v1. */
  readonly events?: readonly unknown[];
  /** Of a pod: its owner, that one's owner, and so on. */
  readonly owners?: readonly unknown[];
}

/** What the rules of a kind look at. */
export interface Scene {
  readonly object: Fields;
  /** `Kind/name` */
  readonly ref: string;
  readonly observed: Observed;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly policy: VerdictPolicy;
  /** The verdict on another object, for rules that ask about an owner. */
  readonly judge: (observed: Observed) => Verdict;
}

export function refOf(object: unknown): string {
  return `${textAt(object, 'kind') ?? 'Object'}/${textAt(object, 'metadata', 'name') ?? 'unnamed'}`;
}

/** A verdict with one reason, on the object of the scene itself. */
export function say({ ref }: Pick<Scene, 'ref'>, outcome: Outcome, reason: string, message: string): Verdict {
  return { outcome, reasons: [{ resource: ref, reason, message }], warnings: [] };
}

export function warning(verdict: Verdict, ...warnings: readonly string[]): Verdict {
  return { ...verdict, warnings: [...verdict.warnings, ...warnings] };
}

export function because(verdict: Verdict, ...reasons: readonly Reason[]): Verdict {
  return { ...verdict, reasons: [...verdict.reasons, ...reasons] };
}
