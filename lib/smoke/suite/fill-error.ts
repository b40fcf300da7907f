import { NightshiftError } from '../../platform/errors.ts';

/** A `{{name}}` that has no value yet, or whose value cannot stand where it is used. The message never holds the value. Give it one, or skip what needs it. */
export class FillError extends NightshiftError {
  readonly code = 'bad_variable';
  /** The name, without braces. */
  readonly variable: string;

  constructor(variable: string, message: string) {
    super(message);
    this.variable = variable;
  }

  static missing(variable: string): FillError {
    return new FillError(variable, `{{${variable}}} has no value: neither a variable nor a check before this one has given it one`);
  }
}
