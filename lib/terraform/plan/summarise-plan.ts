import { type AttributeChange, attributeChanges, forcingPaths } from './attribute-changes.ts';
import { type PlanAction, planAction, reasonText } from './plan-action.ts';
import type { Change, PlanDocument, ResourceChange } from './plan-document.ts';
import { type ValueText, valueText } from './secret-values.ts';

/** What happens to one object, with what it becomes. */
export interface PlannedChange {
  readonly address: string;
  readonly action: PlanAction;
  readonly reason?: string;
  /** Attributes that force a replacement. */
  readonly forcedBy: readonly string[];
  /** The address that it had. */
  readonly movedFrom?: string;
  /** It exists and comes under management; the id, where it is known. */
  readonly importing?: { readonly id?: string };
  /** Key of an object that an earlier replacement left behind. */
  readonly deposed?: string;
  readonly attributes: readonly AttributeChange[];
}

export interface OutputChange {
  readonly name: string;
  readonly action: PlanAction;
  readonly attributes: readonly AttributeChange[];
}

export type PlanCounts = Readonly<
  Record<'create' | 'update' | 'replace' | 'destroy' | 'forget' | 'move' | 'import' | 'read' | 'unknown' | 'drift' | 'outputs', number>
>;

export interface PlanSummary {
  readonly counts: PlanCounts;
  /** Everything but what stays as it is; the dangerous first. */
  readonly changes: readonly PlannedChange[];
  /** What was changed outside of Terraform since the last apply. */
  readonly drift: readonly PlannedChange[];
  readonly outputs: readonly OutputChange[];
  readonly warnings: readonly string[];
  /** Planning failed: this is not all. */
  readonly errored: boolean;
}

/** What a plan would do. Sensitive values are in no part of it. */
export function summarisePlan(plan: PlanDocument): PlanSummary {
  const text = valueText(plan);
  const changes = (plan.resource_changes ?? []).map((each) => plannedChange(each, text)).filter(isNews);
  const drift = (plan.resource_drift ?? []).map((each) => plannedChange(each, text)).filter(isNews);
  const outputs = Object.entries(plan.output_changes ?? {})
    .map(([name, change]) => outputChange(name, change, text))
    .filter(({ action }) => action.kind !== 'none');
  return {
    counts: countsOf(changes, drift, outputs),
    changes: changes.toSorted((a, b) => rankOf(a) - rankOf(b)),
    ...{ drift, outputs },
    warnings: warningsOf(plan, changes),
    errored: plan.errored === true,
  };
}

function plannedChange({ address, previous_address, deposed, action_reason, change }: ResourceChange, text: ValueText): PlannedChange {
  const action = planAction(change.actions);
  const reason = reasonText(action_reason);
  return {
    ...{ address, action, forcedBy: action.kind === 'replace' ? forcingPaths(change) : [] },
    ...(reason !== undefined && { reason }),
    ...(previous_address !== undefined && previous_address !== address && { movedFrom: previous_address }),
    ...(change.importing && { importing: change.importing.id === undefined ? {} : { id: unquoted(text(change.importing.id)) } }),
    ...(deposed !== undefined && { deposed }),
    // What is destroyed has nothing to become.
    attributes: action.kind === 'destroy' ? [] : attributeChanges(change, text),
  };
}

function outputChange(name: string, change: Change, text: ValueText): OutputChange {
  return { name, action: planAction(change.actions), attributes: attributeChanges(change, text) };
}

function isNews({ action, movedFrom, importing }: PlannedChange): boolean {
  return action.kind !== 'none' || movedFrom !== undefined || importing !== undefined;
}

const ORDER: readonly PlanAction['kind'][] = ['unknown', 'destroy', 'replace', 'forget', 'update', 'create', 'none', 'read'];

function rankOf({ action }: PlannedChange): number {
  return ORDER.indexOf(action.kind);
}

function countsOf(changes: readonly PlannedChange[], drift: readonly PlannedChange[], outputs: readonly OutputChange[]): PlanCounts {
  const count = (kind: PlanAction['kind']): number => changes.filter(({ action }) => action.kind === kind).length;
  return {
    ...{ create: count('create'), update: count('update'), replace: count('replace'), destroy: count('destroy') },
    ...{ forget: count('forget'), read: count('read'), unknown: count('unknown') },
    move: changes.filter(({ movedFrom }) => movedFrom !== undefined).length,
    import: changes.filter(({ importing }) => importing !== undefined).length,
    drift: drift.length,
    outputs: outputs.length,
  };
}

function warningsOf(
  { errored, complete, deferred_changes = [], checks = [] }: PlanDocument,
  changes: readonly PlannedChange[],
): readonly string[] {
  const unknown = changes.flatMap(({ address, action }) => (action.kind === 'unknown' ? [`${address}: ${action.words.join(', ')}`] : []));
  const failed = checks.filter(({ status }) => status === 'fail' || status === 'error').length;
  return [
    ...(errored ? ['planning failed: what is here is not all'] : []),
    ...(complete === false && !errored ? ['the plan is not complete: another plan is needed after it'] : []),
    ...(deferred_changes.length > 0 ? [`${deferred_changes.length} changes are deferred to a later plan`] : []),
    ...(failed > 0 ? [`${failed} checks of the configuration fail`] : []),
    ...unknown.map((each) => `what happens here is not known to this version of nightshift: ${each}`),
  ];
}

function unquoted(json: string): string {
  return json.replace(/^"(.*)"$/s, '$1');
}
