import { evaluate } from '../../../sandbox/aws/iam/evaluate.ts';
import type { PolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import { readPolicy } from '../../../sandbox/aws/iam/read-policy.ts';
import { type AccessQuestion, applies, type Statement } from '../../../sandbox/aws/iam/statement.ts';

/** One action on one resource as a policy allows it, patterns as they are written. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** A grant that no recorded call uses, and why it is there all the same. */
export interface UnusedGrant extends Grant {
  readonly reason: string;
}

export interface Tally {
  /** Calls that the policies do not allow. */
  readonly denied: readonly Grant[];
  /** Grants that no call needs and that nobody has given a reason for. */
  readonly unused: readonly Grant[];
  /** What is wrong with the list of reasons, as sentences: an entry that is used after all, or that no policy grants. */
  readonly wrongReasons: readonly string[];
}

/** Every Action x Resource pair of the Allow statements, in the order of the documents. */
export function grantsOf(policies: readonly PolicyDocument[]): readonly Grant[] {
  return statementsOf(policies).flatMap(({ grants }) => grants);
}

/** Matches what was called against what is allowed, both ways. Pure. */
export function tally(policies: readonly PolicyDocument[], calls: readonly AccessQuestion[], reasons: readonly UnusedGrant[] = []): Tally {
  const allowed = statementsOf(policies).flatMap(({ statement, grants }) =>
    grants.map((grant) => ({ grant, used: calls.some((call) => applies(only(statement, grant), call)) })),
  );
  const all = policies.flatMap((policy) => readPolicy(policy));
  const unused = allowed.filter(({ used }) => !used).map(({ grant }) => grant);
  return {
    denied: distinct(calls.filter((call) => evaluate(all, call) !== 'allowed')),
    unused: unused.filter((grant) => !reasons.some((reason) => isSame(reason, grant))),
    wrongReasons: reasons.flatMap((reason) => problemOf(reason, allowed)),
  };
}

function statementsOf(
  policies: readonly PolicyDocument[],
): readonly { readonly statement: Statement; readonly grants: readonly Grant[] }[] {
  return policies
    .flatMap((policy) => readPolicy(policy))
    .filter(({ effect }) => effect === 'Allow')
    .map((statement) => ({
      statement,
      grants: statement.actions.flatMap((action) => statement.resources.map((resource) => ({ action, resource }))),
    }));
}

const only = (statement: Statement, { action, resource }: Grant): Statement => ({ ...statement, actions: [action], resources: [resource] });

const isSame = (one: Grant, other: Grant): boolean => one.action === other.action && one.resource === other.resource;

function distinct(calls: readonly AccessQuestion[]): readonly Grant[] {
  const once = new Map(calls.map(({ action, resource }) => [`${action} ${resource}`, { action, resource }]));
  return [...once.values()];
}

function problemOf(reason: UnusedGrant, allowed: readonly { readonly grant: Grant; readonly used: boolean }[]): readonly string[] {
  const name = `${reason.action} on ${reason.resource}`;
  const meant = allowed.filter(({ grant }) => isSame(grant, reason));
  if (meant.length === 0) return [`${name} is listed as unused, but no policy grants it`];
  if (meant.every(({ used }) => used)) return [`${name} is listed as unused, but it is used`];
  return reason.reason.trim() === '' ? [`${name} is listed as unused without a reason`] : [];
}
