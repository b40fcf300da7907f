import { type Fields, textAt } from '../../kubernetes/fields.ts';
import { kstatusCompat } from '../kstatus/kstatus-compat.ts';
import type { KstatusWord } from '../kstatus/result.ts';
import { kubectlRolloutStatus } from '../kubectl/kubectl-rollout-status.ts';
import type { KubectlWord } from '../kubectl/result.ts';
import { StatusError } from '../object/status-error.ts';
import { surroundingsAmong } from '../surroundings/surroundings.ts';
import type { Outcome, Reason } from '../verdict/outcome.ts';
import { type Observed, refOf } from '../verdict/scene.ts';
import { verdict } from '../verdict/verdict.ts';
import type { StatusMode } from './modes.ts';

export type StatusWord = KstatusWord | KubectlWord | Outcome | 'error';

/** The status of one object. `namespace` and `name` are '' where the object has none. */
export interface StatusItem {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly status: StatusWord;
  /** One word; '' where there is none to give. */
  readonly reason: string;
  readonly message: string;
  /** Of a verdict: all that it rests on, the most telling first. */
  readonly reasons?: readonly Reason[];
  /** Of a verdict: what people should know and nothing depends on. */
  readonly warnings?: readonly string[];
}

/** Something that was given in place of an object; `problem` says what it is. */
export interface NoObject {
  readonly problem: string;
}

export type StatusInput = { readonly object: Fields } | NoObject;

export interface StatusOptions {
  readonly mode: StatusMode;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The status of each object, in the order given. One that is none, or that cannot be told, is an item of the status `error`. */
export function statusItems(inputs: readonly StatusInput[], { mode, now }: StatusOptions): readonly StatusItem[] {
  const around = mode === 'verdict' ? surroundingsAmong(inputs.flatMap((input) => ('object' in input ? [input.object] : []))) : undefined;
  return inputs.map((input) => {
    if ('problem' in input) return { kind: '', namespace: '', name: '', status: 'error', reason: 'NotAnObject', message: input.problem };
    const { object } = input;
    const told = around ? verdictTold(around(object), now) : mode === 'kubectl' ? kubectlRolloutStatus(object) : kstatusTold(object, now);
    return { ...identityOf(object), ...told };
  });
}

type Told = Omit<StatusItem, 'kind' | 'namespace' | 'name'>;

function kstatusTold(object: Fields, now: number): Told {
  try {
    return kstatusCompat(object, now);
  } catch (error) {
    if (error instanceof StatusError) return { status: 'error', reason: error.problem, message: error.message };
    throw error;
  }
}

function verdictTold(observed: Observed, now: number): Told {
  const { outcome, reasons, warnings } = verdict(observed, now);
  const ref = refOf(observed.object);
  return {
    status: outcome,
    reason: reasons[0]?.reason ?? '',
    message: reasons.map((reason) => line(reason, ref)).join('; '),
    reasons,
    warnings,
  };
}

/** Whose reason it is is said only where it is another's. */
function line({ resource, container, message }: Reason, ref: string): string {
  const where = [...(resource === ref ? [] : [resource]), ...(container === undefined ? [] : [`container ${container}`])].join(' ');
  return where === '' || message.startsWith(where) ? message : `${where}: ${message}`;
}

function identityOf(object: Fields): Pick<StatusItem, 'kind' | 'namespace' | 'name'> {
  return {
    kind: textAt(object, 'kind') ?? '',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
  };
}
