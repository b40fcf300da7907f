import { BadInputError } from '../../platform/errors.ts';
import { askedFor } from './asked.ts';
import type { Edit } from './options.ts';
import { parseAssignment, type Segment } from './path.ts';

export interface EditsOptions {
  /** Every value is a text. */
  readonly asString: boolean;
  /** Values that are texts all the same, by their paths. */
  readonly isText?: (segments: readonly Segment[]) => boolean;
}

/** Reads `PATH=VALUE` arguments. @throws BadInputError for one that cannot be read, RefusedError for a value that reads in two ways */
export function editsOf(assignments: readonly string[], { asString, isText }: EditsOptions): readonly Edit[] {
  if (assignments.length === 0) throw new BadInputError('nothing is to be set', { hint: 'add PATH=VALUE' });
  return assignments.map((assignment) => {
    const { path, segments, value } = parseAssignment(assignment);
    return { path, segments, asked: askedFor(value, { asString: asString || (isText?.(segments) ?? false) }) };
  });
}
