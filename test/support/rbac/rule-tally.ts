import type { V1PolicyRule } from '@kubernetes/client-node';

/** One verb on one resource. */
export interface RuleGrant {
  readonly verb: string;
  /** '' for the core group. */
  readonly apiGroup: string;
  readonly resource: string;
}

/** Every verb x resource of the rules, as `list apps/deployments`, `get namespaces`. */
export function grantsOf(rules: readonly V1PolicyRule[]): readonly string[] {
  const all = rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
    apiGroups.flatMap((apiGroup) => resources.flatMap((resource) => verbs.map((verb) => nameOf({ verb, apiGroup, resource })))),
  );
  return [...new Set(all)].sort();
}

export function nameOf({ verb, apiGroup, resource }: RuleGrant): string {
  return `${verb} ${apiGroup === '' ? '' : `${apiGroup}/`}${resource}`;
}

/** Matches what was asked against what is granted, both ways. Pure; rules have no wildcards here. */
export function tallyRules(
  rules: readonly V1PolicyRule[],
  asked: readonly RuleGrant[],
): { readonly unused: readonly string[]; readonly missing: readonly string[] } {
  const granted = new Set(grantsOf(rules));
  const used = new Set(asked.map(nameOf));
  return { unused: [...granted].filter((name) => !used.has(name)), missing: [...used].filter((name) => !granted.has(name)).sort() };
}
