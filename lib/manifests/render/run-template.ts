import { Liquid, type LiquidErrors, type RenderError } from 'liquidjs';
import type { ValueMap } from '../json.ts';
import { type Emitted, emittedOf, indent, json, nindent, quote, yaml } from './emitted.ts';
import { exactFilters, TOO_LARGE } from './exact-filters.ts';
import { TemplateError, type TemplateProblem } from './template-error.ts';

export interface TemplateRun {
  /** What the template makes, with a placeholder for each output. */
  readonly pattern: string;
  /** By the numbers in the placeholders. */
  readonly outputs: readonly Emitted[];
}

export interface Template {
  readonly name: string;
  readonly text: string;
}

/** From Unicode's private use area: they stand in no file, and no filter and no reader of YAML makes anything of them. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
export const PLACEHOLDER = /\uE000(\d+)\uE001/g;

/** More than any configuration; a loop without end is stopped. */
const LIMITS = { parseLimit: 10_000_000, renderLimit: 10_000, memoryLimit: 10_000_000 } as const;

export function placeholder(index: number): string {
  return `${OPEN}${index}${CLOSE}`;
}

/**
 * Runs a Liquid template over values. Nothing in a template can reach files, the network or code; what it names must be there, but in a condition and in front
 * of `default`.
 * @param failAt for the output of that number to fail with this message, which tells where it stands
 * @throws TemplateError with every problem
 */
export function runTemplate(
  { name, text }: Template,
  values: ValueMap,
  failAt?: { readonly index: number; readonly message: string },
): TemplateRun {
  const outputs: Emitted[] = [];
  const emit = (value: unknown): string => {
    if (outputs.length === failAt?.index) throw new Error(failAt.message);
    outputs.push(emittedOf(value));
    return placeholder(outputs.length - 1);
  };
  const reserved = [OPEN, CLOSE].some((mark) => text.includes(mark) || textOf(values).includes(mark));
  if (reserved)
    throw new TemplateError(name, [
      { line: 1, column: 1, source: '', message: 'it, or a value, holds U+E000 or U+E001, which are used inside' },
    ]);
  try {
    const engine = engineWith(emit);
    return { pattern: String(engine.renderSync(engine.parse(text), values)), outputs };
  } catch (error) {
    throw new TemplateError(name, problemsOf(error, text), error);
  }
}

/** Of all of it, to look for something. */
function textOf(values: ValueMap): string {
  return JSON.stringify(values, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function engineWith(emit: (value: unknown) => string): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    catchAllErrors: true,
    // There are no other templates to include.
    templates: {},
    outputEscape: emit,
    ...LIMITS,
  });
  for (const [name, filter] of Object.entries({ quote, json, yaml, indent, nindent, ...exactFilters })) engine.registerFilter(name, filter);
  // It would write a value without the check that others get.
  engine.registerFilter('raw', (value: unknown) => value);
  return engine;
}

function problemsOf(error: unknown, text: string): readonly TemplateProblem[] {
  // One of the syntax comes alone, those of running come together; the class that would tell them apart is exported as a type only.
  const all = (error as Partial<LiquidErrors>).errors ?? [error as RenderError];
  return all.map((one) => {
    const [line = 1, column = 1] = one.token?.getPosition?.() ?? [];
    const message = (one.originalError ?? one).message
      .replace(/, line:\d+, col:\d+$/, '')
      .replace(/^Cannot convert a BigInt value to a number$/, TOO_LARGE)
      .replace(/^undefined variable: (.*)$/, 'names $1, which has no value');
    return { line, column, source: sourceAt(text, line, column), message };
  });
}

/** The output or the tag around a place. */
function sourceAt(text: string, line: number, column: number): string {
  const offset = text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, before) => sum + before.length + 1, column - 1);
  const start = Math.max(text.lastIndexOf('{{', offset), text.lastIndexOf('{%', offset));
  const end = /[%}]\}/.exec(text.slice(Math.max(start, 0)));
  return start < 0 || !end ? '' : text.slice(start, start + end.index + 2);
}
