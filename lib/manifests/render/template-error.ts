import { BadInputError } from '../../platform/errors.ts';

/** Something that is wrong with a template, or with a value that it names. */
export interface TemplateProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The output or tag, as in `{{ image.tag }}`. */
  readonly source: string;
  readonly message: string;
}

/** A template that cannot be read, or names what is not there. Every problem is in it. */
export class TemplateError extends BadInputError {
  readonly problems: readonly TemplateProblem[];

  constructor(name: string, problems: readonly TemplateProblem[], cause?: unknown) {
    super(`the template ${name} was not rendered: ${problems.map(problemText).join('; ')}`, {
      cause,
      hint: 'set what is missing by --values or --set, give it a default (| default: ...), or correct the template',
    });
    this.problems = problems;
  }
}

export function problemText({ line, column, source, message }: TemplateProblem): string {
  return `line ${line}, column ${column}: ${source === '' ? '' : `${source} `}${message}`;
}
