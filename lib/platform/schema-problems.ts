import type * as z from 'zod';

/** One thing that is wrong with a value, where it is wrong. */
export interface Problem {
  /** Steps from the root of the value; empty for the root itself. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** All problems of a failed parse, flat. Of a union that did not match, those of its nearest member: the one with the fewest problems. */
export function problemsOf(error: z.core.$ZodError): readonly Problem[] {
  return error.issues.flatMap((issue) => flatten(issue, []));
}

function flatten(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], message: 'unknown field' }));
  if (issue.code === 'invalid_union') {
    const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0];
    if (nearest?.length) return nearest.flatMap((inner) => flatten(inner, path));
  }
  return [{ path, message: lowerFirst(issue.message) }];
}

/** `items[3].name`; the root is ''. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
