import { destroys } from './plan-action.ts';
import type { PlanSummary } from './summarise-plan.ts';

export const FAIL_ON = ['destroy', 'replace', 'change'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Whether the plan does what is not wanted. `destroy` is any loss of an object, by replacement too; `change` is all that apply would do, outputs and state included. */
export function doesUnwanted({ changes, outputs }: Pick<PlanSummary, 'changes' | 'outputs'>, unwanted: FailOn): boolean {
  switch (unwanted) {
    case 'destroy':
      return changes.some(({ action }) => destroys(action));
    case 'replace':
      return changes.some(({ action }) => action.kind === 'replace' || action.kind === 'unknown');
    case 'change':
      return outputs.length > 0 || changes.some(({ action }) => action.kind !== 'read');
    default:
      return unwanted satisfies never;
  }
}
