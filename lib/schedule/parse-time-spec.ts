import { matches } from './matches.ts';
import { looksAbsolute, looksDirectional, parseAbsolute, parseDirectional } from './parse-interval.ts';
import { parseRecurring } from './parse-recurring.ts';
import { invalid, quote } from './spec-problem.ts';
import { intervalWarnings, listWarnings, recurringWarnings } from './spec-warnings.ts';
import type {
  ConstantItem,
  IntervalItem,
  Parsed,
  SpecProblem,
  SpecWarning,
  TimeSpecItem,
  TimeSpecOptions,
  TimeSpecResult,
} from './time-spec.ts';

interface ItemWithWarnings {
  readonly item: TimeSpecItem;
  readonly warnings: readonly SpecWarning[];
}

const KEYWORDS: Readonly<Record<string, boolean>> = { always: true, true: true, never: false, false: false };

/**
 * Reads a time spec: items separated by commas, each a keyword (`always`, `true`, `never`, `false`), a recurring item
 * (`Mon-Fri 07:00-19:00 Europe/Berlin`), an absolute one (two RFC 3339 timestamps and a hyphen between) or a directional one
 * (`from` or `until` and a timestamp). The whole value is checked before anything of it is used; an invalid item is reported before an
 * incomplete one, and an incomplete one matters only where it is reached (`options.at`). Never throws.
 *
 * @example
 * const result = parseTimeSpec('Mon-Fri 07:00-19:00 Europe/Berlin', { dialect: 'nightshift' });
 * if (result.ok) matches(result.spec, Date.now());
 */
export function parseTimeSpec(value: string, options: TimeSpecOptions): TimeSpecResult {
  const texts = value.split(',').map((text) => text.trim());
  const items: TimeSpecItem[] = [];
  const warnings: SpecWarning[] = [];
  let incomplete: { readonly problem: SpecProblem; readonly index: number } | undefined;
  for (const [index, text] of texts.entries()) {
    const parsed = parseItem(text, options);
    if ('value' in parsed) {
      items.push(parsed.value.item);
      warnings.push(...parsed.value.warnings);
      continue;
    }
    const problem = locate(parsed.problem, index, texts);
    if (problem.kind === 'invalid') return { ok: false, problem };
    incomplete ??= { problem, index };
  }
  const spec = { source: value, items: items.slice(0, incomplete?.index) };
  const answered = incomplete !== undefined && options.at !== undefined && matches(spec, options.at);
  if (incomplete !== undefined && !answered) return { ok: false, problem: incomplete.problem };
  return { ok: true, spec, warnings: [...warnings, ...listWarnings(items)] };
}

function parseItem(text: string, options: TimeSpecOptions): Parsed<ItemWithWarnings> {
  if (text === '') return invalid(text, 'is empty', 'write always or never, or remove the value or the comma');
  const keyword = text.toLowerCase();
  if (Object.hasOwn(KEYWORDS, keyword)) return { value: { item: constant(text, KEYWORDS[keyword] === true), warnings: [] } };
  if (text.includes(';')) return invalid(text, 'is not one item: a semicolon does not separate items', 'use a comma');
  if (looksDirectional(text)) return withWarnings(parseDirectional(text));
  if (looksAbsolute(text)) return withWarnings(parseAbsolute(text, options.dialect));
  const parsed = parseRecurring(text, options);
  if ('problem' in parsed) return parsed;
  return { value: { item: parsed.value.item, warnings: recurringWarnings(parsed.value, options.dialect) } };
}

function constant(text: string, value: boolean): ConstantItem {
  return { kind: 'constant', text, value };
}

function withWarnings(parsed: Parsed<IntervalItem>): Parsed<ItemWithWarnings> {
  return 'problem' in parsed ? parsed : { value: { item: parsed.value, warnings: intervalWarnings(parsed.value) } };
}

/** Names the value, or the item and its number when there are several, before the piece at fault. */
function locate(problem: SpecProblem, index: number, texts: readonly string[]): SpecProblem {
  const text = quote(texts[index] ?? '');
  const what = texts.length === 1 ? 'time spec' : `time spec item ${index + 1} of ${texts.length}`;
  const whole = problem.message.startsWith(`${text} `);
  return { ...problem, message: whole ? `${what} ${problem.message}` : `${what} ${text} cannot be read: ${problem.message}` };
}
