import type { Intent } from '../../../../lib/sleep/wanted.ts';
import type { PolicyWish } from './configuration.ts';
import type { Flavour, Time } from './flavours.ts';

/** What a person does to the object with this number, modulo the objects there are. */
export type Edit =
  | { readonly edit: 'scale' | 'recreate'; readonly object: number; readonly size: number }
  | { readonly edit: 'forget record' | 'garble record' | 'touch' | 'delete' | 'other tool wakes'; readonly object: number }
  | { readonly edit: 'other tool sleeps'; readonly object: number; readonly format: 'py' | 'go' }
  | { readonly edit: 'annotate' | 'annotate namespace'; readonly object: number; readonly flavour: Flavour };

export type FaultWish =
  | { readonly at: number; readonly fault: 'crash-before' | 'crash-after' | 'refused' | 'lost' | 'repeated' }
  | { readonly at: number; readonly fault: 'time is up' }
  | { readonly at: number; readonly fault: 'slow'; readonly turns: number }
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

export type Step =
  | RunStep
  | { readonly step: 'edit'; readonly edit: Edit }
  | { readonly step: 'together'; readonly runs: readonly RunStep[] }
  | { readonly step: 'reconfigure'; readonly policy: PolicyWish }
  /** Put back what the run with this number put to sleep, modulo the runs there are. */
  | { readonly step: 'restore'; readonly run: number; readonly faults: readonly FaultWish[] };
