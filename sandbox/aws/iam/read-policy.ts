import { InvalidPolicyError } from './invalid-policy-error.ts';
import { readConditions } from './read-conditions.ts';
import type { Statement } from './statement.ts';

const VERSION = '2012-10-17';
const fields: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The statements of an identity-based policy, checked.
 * @throws InvalidPolicyError for what IAM would refuse and for what the evaluator has no rule for (NotAction, principals, policy variables, other operators)
 */
export function readPolicy(document: unknown, name = 'policy'): readonly Statement[] {
  if (!isObject(document)) throw new InvalidPolicyError(name, 'it is not an object');
  const unknown = Object.keys(document).find((field) => !['Version', 'Id', 'Statement'].includes(field));
  if (unknown !== undefined) throw new InvalidPolicyError(name, `the field ${unknown} is not supported`);
  if (document.Version !== VERSION) throw new InvalidPolicyError(name, `its Version is not ${VERSION}`);
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  if (statements.length === 0) throw new InvalidPolicyError(name, 'it has no statement');
  return statements.map((statement, index) => readStatement(statement, `${name}, statement ${index + 1}`));
}

function readStatement(statement: unknown, where: string): Statement {
  if (!isObject(statement)) throw new InvalidPolicyError(where, 'it is not an object');
  const unknown = Object.keys(statement).find((field) => !fields.has(field));
  if (unknown !== undefined) throw new InvalidPolicyError(where, `${unknown} is not supported`);
  const { Sid, Effect, Action, Resource, Condition } = statement;
  if (Sid !== undefined && !(typeof Sid === 'string' && /^[A-Za-z0-9]*$/.test(Sid)))
    throw new InvalidPolicyError(where, 'Sid may have only letters and digits');
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new InvalidPolicyError(where, 'Effect is neither Allow nor Deny');
  const actions = texts(Action, where, 'Action');
  const resources = texts(Resource, where, 'Resource');
  for (const action of actions) checkAction(action, where);
  for (const resource of resources) checkResource(resource, where);
  return { effect: Effect, actions, resources, conditions: readConditions(Condition, where) };
}

function texts(value: unknown, where: string, field: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new InvalidPolicyError(where, `${field} is empty`);
  return list.map((item) => {
    // What CloudFormation has not resolved yet is an object here.
    if (typeof item !== 'string') throw new InvalidPolicyError(where, `${field} holds something that is no text: ${JSON.stringify(item)}`);
    return item;
  });
}

function checkAction(action: string, where: string): void {
  if (action !== '*' && !/^[a-z0-9-]+:[A-Za-z*?]+$/i.test(action)) throw new InvalidPolicyError(where, `${action} is no action`);
}

/** IAM takes no wildcard in the service of an ARN; policy variables are not evaluated here. */
function checkResource(resource: string, where: string): void {
  if (resource === '*') return;
  if (resource.includes('${')) throw new InvalidPolicyError(where, `${resource} has a variable, which is not supported`);
  if (!/^arn:[^:]+:[a-z0-9-]+:/.test(resource)) throw new InvalidPolicyError(where, `${resource} is neither an ARN nor *`);
}
