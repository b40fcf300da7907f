/** What happens to an object. A replacement may make the new one first, and may leave the old one alone (`forget`: it is only not managed any more). */
export type PlanAction =
  | { readonly kind: 'none' | 'create' | 'read' | 'update' | 'destroy' | 'forget' }
  | { readonly kind: 'replace'; readonly old: 'destroyed-first' | 'destroyed-after' | 'forgotten' }
  | { readonly kind: 'unknown'; readonly words: readonly string[] };

const BY_WORDS: Readonly<Record<string, PlanAction>> = {
  'no-op': { kind: 'none' },
  create: { kind: 'create' },
  read: { kind: 'read' },
  update: { kind: 'update' },
  delete: { kind: 'destroy' },
  forget: { kind: 'forget' },
  'delete create': { kind: 'replace', old: 'destroyed-first' },
  'create delete': { kind: 'replace', old: 'destroyed-after' },
  'create forget': { kind: 'replace', old: 'forgotten' },
};

/** A combination of a later Terraform is unknown, and counts as a change of the worst kind. */
export function planAction(actions: readonly string[]): PlanAction {
  const key = actions.join(' ');
  return Object.hasOwn(BY_WORDS, key) ? (BY_WORDS[key] ?? { kind: 'none' }) : { kind: 'unknown', words: actions };
}

export function destroys(action: PlanAction): boolean {
  return action.kind === 'destroy' || action.kind === 'unknown' || (action.kind === 'replace' && action.old !== 'forgotten');
}

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation, `action_reason` */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is tainted',
  replace_because_cannot_update: 'the provider cannot change it in place',
  replace_by_request: '-replace asks for it',
  replace_by_triggers: 'replace_triggered_by asks for it',
  delete_because_no_resource_config: 'it is not in the configuration any more',
  delete_because_wrong_repetition: 'count or for_each was added or removed',
  delete_because_count_index: 'its index is beyond count',
  delete_because_each_key: 'its key is not in for_each any more',
  delete_because_no_module: 'its module is not in the configuration any more',
  delete_because_no_move_target: 'it was moved to what is not in the configuration',
  read_because_config_unknown: 'its configuration is not known before apply',
  read_because_dependency_pending: 'what it depends on changes',
  read_because_check_nested: 'a check reads it',
};

/** A reason of a later Terraform is told in its own word. */
export function reasonText(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : ((Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined) ?? reason);
}
