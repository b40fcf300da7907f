import type { Assertion, Capture, HopField, Predicate, Source } from './assertion.ts';
import type { AssertionInput, CaptureInput } from './assertion-schema.ts';
import { hasName } from './template.ts';
import { toPredicate } from './to-predicate.ts';

/** An assertion as it is meant; one about time may be two. */
export function toAssertions(input: AssertionInput): readonly Assertion[] {
  if ('latency' in input) return latency(input.latency);
  return [{ source: toSource(input), predicate: predicateOf(input) }];
}

function latency({
  atMost,
  degradedOver,
}: {
  readonly atMost?: number | undefined;
  readonly degradedOver?: number | undefined;
}): readonly Assertion[] {
  return [...(atMost === undefined ? [] : [slowest(atMost)]), ...(degradedOver === undefined ? [] : [degrading(degradedOver)])];
}

function slowest(value: number): Assertion {
  return { source: { kind: 'latency' }, predicate: { operator: 'atMost', value } };
}

/** @param ms an answer that takes longer only degrades */
export function degrading(ms: number): Assertion {
  return { ...slowest(ms), onlyDegrades: true };
}

function toSource(input: Exclude<AssertionInput, { latency: unknown }>): Source {
  if ('header' in input) return { kind: 'header', name: input.header };
  if ('cookie' in input) return cookie(input.cookie);
  if ('jsonPath' in input) return { kind: 'jsonPath', path: input.jsonPath };
  if ('xpath' in input) return { kind: 'xpath', expression: input.xpath };
  if ('regex' in input) return { kind: 'regex', pattern: input.regex };
  if ('hop' in input) return { kind: 'hop', index: input.hop.index, field: hopField(input.hop) };
  if ('certificate' in input) return { kind: 'certificate', field: certificateField(input.certificate) };
  return { kind: plainKind(input) };
}

type PlainKind = Extract<Source, { kind: 'status' | 'code' }>['kind'];

function plainKind(input: object): PlainKind {
  return Object.keys(input)[0] as PlainKind;
}

function cookie(input: string | { readonly name: string; readonly attribute?: string | undefined }): Source {
  if (typeof input === 'string') return { kind: 'cookie', name: input };
  return { kind: 'cookie', name: input.name, ...(input.attribute !== undefined && { attribute: input.attribute }) };
}

function hopField({ status, header }: { readonly status?: true | undefined; readonly header?: string | undefined }): HopField {
  if (header !== undefined) return { kind: 'header', name: header };
  return { kind: status === true ? 'status' : 'url' };
}

type CertificateInput = Extract<AssertionInput, { certificate: unknown }>['certificate'];

function certificateField(input: CertificateInput): keyof CertificateInput {
  return Object.keys(input)[0] as keyof CertificateInput;
}

const SOURCE_WORDS: ReadonlySet<string> = new Set(['header', 'cookie', 'jsonPath', 'xpath', 'regex', 'hop']);

function predicateOf(input: Exclude<AssertionInput, { latency: unknown }>): Predicate {
  if ('status' in input) return statusPredicate(input.status);
  if ('certificate' in input) {
    const field = certificateField(input.certificate);
    return insidePredicate(input.certificate[field], PLAIN_CERTIFICATE[field] ?? 'equals');
  }
  if ('sha256' in input) return toPredicate('equals', hasName(input.sha256) ? input.sha256 : input.sha256.toLowerCase());
  const words = Object.entries(input);
  const [first] = words;
  if (words.length === 1) return insidePredicate(first?.[1], 'equals');
  const [operator, value] = words.find(([word]) => !SOURCE_WORDS.has(word)) ?? ['', undefined];
  return toPredicate(operator, value);
}

/** What a value without an operator says, where it is not `equals`. */
const PLAIN_CERTIFICATE: Readonly<Partial<Record<keyof CertificateInput, string>>> = {
  daysLeft: 'atLeast',
  names: 'contains',
  chain: 'contains',
};

function insidePredicate(value: unknown, plain: string): Predicate {
  const isTest = typeof value === 'object' && value !== null && !Array.isArray(value);
  const [operator, operand] = (isTest ? Object.entries(value)[0] : undefined) ?? [plain, value];
  return toPredicate(operator, operand);
}

type StatusItem = string | number;
type StatusItems = StatusItem | readonly StatusItem[];

function statusPredicate(input: StatusItems | { readonly not: StatusItems }): Predicate {
  const not = typeof input === 'object' && 'not' in input;
  const items: StatusItems = not ? input.not : input;
  return { operator: 'status', ranges: (typeof items === 'object' ? items : [items]).map(statusRange), not };
}

function statusRange(item: StatusItem): readonly [number, number] {
  if (typeof item === 'number') return [item, item];
  if (item.endsWith('xx')) return [Number(item[0]) * 100, Number(item[0]) * 100 + 99];
  const [from, to] = item.split('-').map(Number);
  return [from ?? 0, to ?? 0];
}

export function toCapture(input: CaptureInput): Capture {
  return { source: captureSource(input), secret: input.secret ?? false };
}

function captureSource(input: CaptureInput): Source {
  if ('header' in input) return { kind: 'header', name: input.header };
  if ('cookie' in input) return { kind: 'cookie', name: input.cookie };
  if ('jsonPath' in input) return { kind: 'jsonPath', path: input.jsonPath };
  if ('xpath' in input) return { kind: 'xpath', expression: input.xpath };
  if ('regex' in input) return { kind: 'regex', pattern: input.regex };
  const { secret: _, ...words } = input;
  return { kind: plainKind(words) };
}
