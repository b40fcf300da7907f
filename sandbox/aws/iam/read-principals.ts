import { accountOf } from '../arns.ts';
import { InvalidPolicyError } from './invalid-policy-error.ts';
import type { Principal } from './principal.ts';

const kinds: Readonly<Record<string, (value: string, where: string) => Principal>> = {
  AWS: awsPrincipal,
  Service: servicePrincipal,
  Federated: () => ({ kind: 'federated' }),
};

/** @throws InvalidPolicyError for what IAM would refuse, and for canonical users, which only S3 knows */
export function readPrincipals(value: unknown, where: string): readonly Principal[] {
  if (value === '*') return [{ kind: 'anybody' }];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidPolicyError(where, 'Principal is neither * nor an object');
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  if (entries.length === 0) throw new InvalidPolicyError(where, 'Principal is empty');
  return entries.flatMap(([kind, names]) => {
    const read = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!read) throw new InvalidPolicyError(where, `the principal ${kind} is not supported (${Object.keys(kinds).join(', ')} are)`);
    return textsOf(names, where).map((name) => read(name, where));
  });
}

function textsOf(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new InvalidPolicyError(where, 'Principal is empty');
  return list.map((item) => {
    // What CloudFormation has not resolved yet is an object here.
    if (typeof item !== 'string') throw new InvalidPolicyError(where, `Principal holds something that is no text: ${JSON.stringify(item)}`);
    return item;
  });
}

/** IAM takes no wildcard within the ARN of a principal. */
function awsPrincipal(value: string, where: string): Principal {
  if (value === '*') return { kind: 'anybody' };
  if (/^\d{12}$/.test(value)) return { kind: 'account', account: value };
  if (/^arn:[^:]+:iam::\d{12}:root$/.test(value)) return { kind: 'account', account: accountOf(value) };
  if (/^arn:[^:]+:(?:iam::\d{12}:(?:role|user)|sts::\d{12}:assumed-role)\/[^*?]+$/.test(value)) return { kind: 'identity', arn: value };
  throw new InvalidPolicyError(where, `${value} is no principal of AWS`);
}

function servicePrincipal(value: string, where: string): Principal {
  if (!/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(value)) throw new InvalidPolicyError(where, `${value} is no service`);
  return { kind: 'service', name: value };
}
