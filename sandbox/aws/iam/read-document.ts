import { InvalidPolicyError } from './invalid-policy-error.ts';
import type { Statement } from './statement.ts';

const VERSION = '2012-10-17';

export type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The statements of any policy document, each read by `read`. @throws InvalidPolicyError */
export function readDocument<T>(document: unknown, name: string, read: (statement: Json, where: string) => T): readonly T[] {
  if (!isObject(document)) throw new InvalidPolicyError(name, 'it is not an object');
  const unknown = Object.keys(document).find((field) => !['Version', 'Id', 'Statement'].includes(field));
  if (unknown !== undefined) throw new InvalidPolicyError(name, `the field ${unknown} is not supported`);
  if (document.Version !== VERSION) throw new InvalidPolicyError(name, `its Version is not ${VERSION}`);
  const statements: readonly unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  if (statements.length === 0) throw new InvalidPolicyError(name, 'it has no statement');
  return statements.map((statement, index) => {
    const where = `${name}, statement ${index + 1}`;
    if (!isObject(statement)) throw new InvalidPolicyError(where, 'it is not an object');
    return read(statement, where);
  });
}

/** What statements of every kind of policy have; `fields` are those that this kind may have. @throws InvalidPolicyError */
export function readCommon(statement: Json, where: string, fields: readonly string[]): Pick<Statement, 'effect' | 'actions'> {
  const unknown = Object.keys(statement).find((field) => !fields.includes(field));
  if (unknown !== undefined) throw new InvalidPolicyError(where, `${unknown} is not supported`);
  const { Sid, Effect, Action } = statement;
  if (Sid !== undefined && !(typeof Sid === 'string' && /^[A-Za-z0-9]*$/.test(Sid)))
    throw new InvalidPolicyError(where, 'Sid may have only letters and digits');
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new InvalidPolicyError(where, 'Effect is neither Allow nor Deny');
  const actions = texts(Action, where, 'Action');
  for (const action of actions) checkAction(action, where);
  return { effect: Effect, actions };
}

/** @throws InvalidPolicyError */
export function readResources(value: unknown, where: string): readonly string[] {
  const resources = texts(value, where, 'Resource');
  for (const resource of resources) checkResource(resource, where);
  return resources;
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
