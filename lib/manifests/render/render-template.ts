import { BadInputError, RefusedError } from '../../platform/errors.ts';
import type { ValueMap } from '../json.ts';
import { flawOf } from './check-document.ts';
import type { Emitted } from './emitted.ts';
import { PLACEHOLDER, placeholder, runTemplate, type Template } from './run-template.ts';
import { problemText, TemplateError } from './template-error.ts';

export const RENDER_FORMATS = ['yaml', 'json', 'text'] as const;
export type RenderFormat = (typeof RENDER_FORMATS)[number];

/**
 * Renders a template. What comes out as YAML or JSON is read again, and each value must stand in it as what it is: none can end a text, begin a key or
 * become a number.
 * @throws TemplateError for a template that names what is not there; RefusedError for a value that would break the document
 */
export function renderTemplate(template: Template, values: ValueMap, format: RenderFormat): string {
  const { pattern, outputs } = runTemplate(template, values);
  const text = written(pattern, outputs, () => true);
  if (format === 'text') return text;
  const expected = skeleton(pattern, outputs);
  const flaw = flawOf(expected, text, outputs);
  if (flaw !== undefined) throw flawed(template, values, { pattern, outputs, flaw });
  if (format === 'json') assertJson(template.name, text);
  return text;
}

/** @param real which outputs are written as they are; of the others, the placeholder */
function written(pattern: string, outputs: readonly Emitted[], real: (index: number) => boolean): string {
  return pattern.replaceAll(PLACEHOLDER, (mark, index, offset: number) => {
    const output = outputs[Number(index)];
    if (!output) return mark;
    const lead = output.lead ?? '';
    if (output.as !== 'structure' && !real(Number(index))) return lead + (output.as === 'quoted' ? `"${mark}"` : mark);
    // What was captured has placeholders of its own.
    const ends = /^\r?\n/.test(pattern.slice(offset + mark.length, offset + mark.length + 2));
    return lead + written(ends ? output.text : (output.inline ?? output.text), outputs, real);
  });
}

function skeleton(pattern: string, outputs: readonly Emitted[]): string {
  return written(pattern, outputs, () => false);
}

interface Flawed {
  readonly pattern: string;
  readonly outputs: readonly Emitted[];
  readonly flaw: string;
}

/** Finds the value that does it, by putting in one after the other. */
function flawed(template: Template, values: ValueMap, { pattern, outputs, flaw }: Flawed): Error {
  const expected = skeleton(pattern, outputs);
  const ownFlaw = flawOf(
    expected,
    expected,
    outputs.map((output, index) => ({ ...output, meaning: placeholder(index) })),
  );
  const name = template.name;
  if (ownFlaw !== undefined)
    return new BadInputError(`the template ${name} makes no YAML, whatever the values: it ${ownFlaw}`, { hint: 'correct the template' });
  for (const index of outputs.keys()) {
    const alone = outputs.map((output, other) => (other === index ? output : { ...output, meaning: placeholder(other) }));
    const found = flawOf(
      expected,
      written(pattern, outputs, (other) => other === index),
      alone,
    );
    if (found !== undefined) return refusedAt(template, values, index, found);
  }
  return new RefusedError(`${name} was not rendered: ${flaw}`, { hint: 'write values with | quote, | json or | yaml' });
}

function refusedAt(template: Template, values: ValueMap, index: number, flaw: string): Error {
  try {
    runTemplate(template, values, { index, message: flaw });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const [problem] = error.problems;
    return new RefusedError(`${template.name} was not rendered: ${problem ? problemText(problem) : flaw}`, {
      hint: 'write it with | quote as a text, with | json or | yaml as a structure, and in a block scalar with | indent',
    });
  }
  return new RefusedError(`${template.name} was not rendered: ${flaw}`);
}

function assertJson(name: string, text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new BadInputError(`${name} was not rendered: the result is no JSON: ${String(error)}`, {
      cause: error,
      hint: 'correct the template; texts are written with | json',
    });
  }
}
