import { AwsFault } from '../fault.ts';

/** A value on the wire: exactly one of DynamoDB's types. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly L?: readonly AttributeValue[];
  readonly M?: Readonly<Record<string, AttributeValue>>;
}

export type Item = Readonly<Record<string, AttributeValue>>;

export const invalid = (message: string): AwsFault => new AwsFault(400, 'ValidationException', message);

/** Whole numbers and fractions that JavaScript holds exactly: DynamoDB has 38 digits, and here nobody needs them. */
const number = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DIGITS = 15;
const DEEPEST = 32;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const checks: Readonly<Record<string, (value: unknown, depth: number) => boolean>> = {
  S: (value) => typeof value === 'string',
  N: (value) => typeof value === 'string' && isNumber(value),
  B: (value) => typeof value === 'string',
  BOOL: (value) => typeof value === 'boolean',
  NULL: (value) => value === true,
  L: (value, depth) => Array.isArray(value) && value.every((each) => checkValue(each, depth + 1) !== undefined),
  M: (value, depth) => isObject(value) && Object.values(value).every((each) => checkValue(each, depth + 1) !== undefined),
};

function isNumber(text: string): boolean {
  if (!number.test(text)) return false;
  const digits = (text.split(/[eE]/)[0] ?? '').replace(/[-.]/g, '').replace(/^0+/, '');
  if (digits.length > DIGITS) throw invalid(`Numbers of more than ${DIGITS} digits are not supported by this endpoint`);
  return true;
}

/** @throws AwsFault for what is no value; sets are not supported */
export function checkValue(value: unknown, depth = 1): AttributeValue {
  if (depth > DEEPEST) throw invalid('Nesting Levels have exceeded supported limits');
  const entries = isObject(value) ? Object.entries(value) : [];
  const [type = '', content] = entries[0] ?? [];
  if (entries.length !== 1) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  const check = checks[type];
  if (!check) throw invalid(`Supplied AttributeValue is of the type ${type}, which is not supported by this endpoint`);
  if (!check(content, depth)) throw invalid(`The parameter cannot be converted to a value of type ${type}: ${JSON.stringify(content)}`);
  return value as AttributeValue;
}

/** @throws AwsFault */
export function checkItem(value: unknown): Item {
  if (!isObject(value)) throw invalid('Item must be a map of attribute values');
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, checkValue(each)]));
}

export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) === Number(b.N);
  if (a.L && b.L) return a.L.length === b.L.length && a.L.every((each, index) => sameOrNone(each, b.L?.[index]));
  if (a.M && b.M) return sameMap(a.M, b.M);
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameMap(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] !== undefined && sameOrNone(a[name], b[name]));
}

const sameOrNone = (a: AttributeValue, b: AttributeValue | undefined): boolean => b !== undefined && sameValue(a, b);

/** Negative, zero or positive; `undefined` for two that have no order: other types, or two of them. Texts by their UTF-8 bytes. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  return undefined;
}

/** As DynamoDB counts for its limit: names and contents in UTF-8, about a byte for each two digits, and something for each container. */
export function sizeOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize({ S, N, B, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (B !== undefined) return Buffer.from(B, 'base64').length;
  if (L) return L.reduce((sum, each) => sum + 1 + valueSize(each), 3);
  return M ? 3 + Object.keys(M).length + sizeOf(M) : 1;
}
