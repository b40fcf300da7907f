import { conditionKeys, serviceConditionKeys } from './conditions.ts';
import type { Principal } from './principal.ts';
import { readConditions } from './read-conditions.ts';
import { type Json, readCommon, readDocument, readResources } from './read-document.ts';
import { readPrincipals } from './read-principals.ts';
import type { Statement } from './statement.ts';

/** A statement that says of whom it speaks, as the policy of a queue, a topic or a role does. */
export interface ResourceStatement extends Statement {
  readonly principals: readonly Principal[];
}

const keys = [...conditionKeys, ...serviceConditionKeys];
const trustFields = ['Sid', 'Effect', 'Principal', 'Action', 'Condition'];

/**
 * The statements of a resource's policy, checked.
 * @throws InvalidPolicyError for what AWS would refuse and for what the evaluator has no rule for (NotPrincipal, NotAction, variables, other operators)
 */
export function readResourcePolicy(document: unknown, name = 'policy'): readonly ResourceStatement[] {
  return readDocument(document, name, (statement, where) => ({
    ...readWithPrincipals(statement, where, [...trustFields, 'Resource']),
    resources: readResources(statement.Resource, where),
  }));
}

/** The statements of a role's trust policy, in which IAM takes no Resource: the role is it. @throws InvalidPolicyError */
export function readTrustPolicy(document: unknown, name = 'trust policy'): readonly ResourceStatement[] {
  return readDocument(document, name, (statement, where) => ({
    ...readWithPrincipals(statement, where, trustFields),
    resources: ['*'],
  }));
}

function readWithPrincipals(statement: Json, where: string, fields: readonly string[]): Omit<ResourceStatement, 'resources'> {
  return {
    ...readCommon(statement, where, fields),
    principals: readPrincipals(statement.Principal, where),
    conditions: readConditions(statement.Condition, where, keys),
  };
}
