import type * as z from 'zod';
import type { VariableSource } from './suite.ts';
import { FROM, type variableSchema } from './variable-schema.ts';

/** What holds a secret goes by such a name; who knows better says `secret: false`. */
const NAMES_SECRET = /(?:passw(?:or)?d|passphrase|secret|token|credential|(?:api|access|private)[-_]?key)s?$/i;

/** @param name of the variable: for what the environment or a caller gives, names are all that tells of a secret nobody has marked */
export function toVariable(input: z.infer<typeof variableSchema>, name: string): VariableSource {
  if (typeof input === 'string') return { kind: 'value', value: input, secret: false };
  if ('value' in input) return { kind: 'value', value: input.value, secret: input.secret ?? false };
  if ('env' in input) return { kind: 'env', name: input.env, secret: input.secret ?? [name, input.env].some(namesSecret) };
  if ('given' in input) return { kind: 'given', secret: input.secret ?? namesSecret(name) };
  return fromText(input.from, input.secret);
}

function namesSecret(name: string): boolean {
  return NAMES_SECRET.test(name);
}

function fromText(from: string, secret: boolean | undefined): VariableSource {
  const [, object, namespace = '', , name = '', , key = '', ssm, parameter = '', , id = '', field] = FROM.exec(from) ?? [];
  if (object === 'secret') return { kind: 'secret', namespace, name, key, secret: true };
  if (object === 'configMap') return { kind: 'configMap', namespace, name, key, secret: secret ?? false };
  if (ssm !== undefined) return { kind: 'ssm', name: parameter, secret: secret ?? true };
  return { kind: 'secretsManager', id, ...(field !== undefined && { key: field }), secret: secret ?? true };
}
