import { isList, isObject, type TerraformValue } from './value.ts';

/** A type as `terraform output -json` writes it: a word, or a list of a word and what is inside. */
export type TerraformType =
  | { readonly kind: 'string' | 'number' | 'bool' | 'dynamic' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: TerraformType }
  | { readonly kind: 'tuple'; readonly elements: readonly TerraformType[] }
  | { readonly kind: 'object'; readonly attributes: Readonly<Record<string, TerraformType>>; readonly optional: readonly string[] };

const DYNAMIC: TerraformType = { kind: 'dynamic' };

/** @returns undefined for what is no type */
export function readType(json: TerraformValue | undefined): TerraformType | undefined {
  if (json === 'string' || json === 'number' || json === 'bool' || json === 'dynamic') return { kind: json };
  // Before Terraform 0.12 collections did not say of what.
  if (json === 'list' || json === 'map') return { kind: json, element: DYNAMIC };
  if (!isList(json)) return undefined;
  const [kind, inside, third] = json;
  if (kind === 'list' || kind === 'set' || kind === 'map') return ifRead(readType(inside), (element) => ({ kind, element }));
  if (kind === 'tuple' && isList(inside)) return ifRead(readAll(inside), (elements) => ({ kind, elements }));
  if (kind === 'object' && isObject(inside)) return readObject(Object.entries(inside), third);
  return undefined;
}

/** Names of optional attributes may follow as a third element. */
function readObject(entries: readonly (readonly [string, TerraformValue])[], third: TerraformValue | undefined): TerraformType | undefined {
  const optional = isList(third) ? third.filter((name) => typeof name === 'string') : [];
  return ifRead(readAll(entries.map(([, type]) => type)), (types) => ({
    kind: 'object',
    attributes: Object.fromEntries(entries.map(([name], index) => [name, types[index] ?? DYNAMIC])),
    optional,
  }));
}

function readAll(json: readonly TerraformValue[]): readonly TerraformType[] | undefined {
  const types = json.map((each) => readType(each));
  return types.every((type) => type !== undefined) ? types : undefined;
}

function ifRead<T>(part: T | undefined, make: (part: T) => TerraformType): TerraformType | undefined {
  return part === undefined ? undefined : make(part);
}

/** As it is written in HCL: `list(string)`, `object({ name = string, size = optional(number) })`; `any` for what is not known. */
export function typeText(type: TerraformType): string {
  switch (type.kind) {
    case 'dynamic':
      return 'any';
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind}(${typeText(type.element)})`;
    case 'tuple':
      return `tuple([${type.elements.map(typeText).join(', ')}])`;
    case 'object':
      return objectText(type);
    default:
      return type.kind;
  }
}

function objectText({ attributes, optional }: Extract<TerraformType, { kind: 'object' }>): string {
  const parts = Object.entries(attributes).map(([name, type]) => {
    const key = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? name : JSON.stringify(name);
    return `${key} = ${optional.includes(name) ? `optional(${typeText(type)})` : typeText(type)}`;
  });
  return parts.length === 0 ? 'object({})' : `object({ ${parts.join(', ')} })`;
}
