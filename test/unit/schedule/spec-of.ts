import { parseTimeSpec } from '../../../lib/schedule/parse-time-spec.ts';
import type { SpecProblem, TimeSpec, TimeSpecOptions, TimeSpecResult } from '../../../lib/schedule/time-spec.ts';

type Options = Partial<TimeSpecOptions>;

export function parse(value: string, options: Options = {}): TimeSpecResult {
  return parseTimeSpec(value, { dialect: 'nightshift', ...options });
}

export function specOf(value: string, options: Options = {}): TimeSpec {
  const result = parse(value, options);
  if (!result.ok) throw new Error(result.problem.message);
  return result.spec;
}

export function problemOf(value: string, options: Options = {}): SpecProblem {
  const result = parse(value, options);
  if (result.ok) throw new Error(`"${value}" was accepted`);
  return result.problem;
}

export function warningCodesOf(value: string, options: Options = {}): string[] {
  const result = parse(value, options);
  if (!result.ok) throw new Error(result.problem.message);
  return result.warnings.map((warning) => warning.code);
}
