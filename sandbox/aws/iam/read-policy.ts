import { conditionKeys } from './conditions.ts';
import { readConditions } from './read-conditions.ts';
import { type Json, readCommon, readDocument, readResources } from './read-document.ts';
import type { Statement } from './statement.ts';

const fields = ['Sid', 'Effect', 'Action', 'Resource', 'Condition'];

/**
 * The statements of an identity-based policy, checked.
 * @throws InvalidPolicyError for what IAM would refuse and for what the evaluator has no rule for (NotAction, principals, policy variables, other operators)
 */
export function readPolicy(document: unknown, name = 'policy'): readonly Statement[] {
  return readDocument(document, name, readStatement);
}

function readStatement(statement: Json, where: string): Statement {
  const common = readCommon(statement, where, fields);
  const resources = readResources(statement.Resource, where);
  return { ...common, resources, conditions: readConditions(statement.Condition, where, conditionKeys) };
}
