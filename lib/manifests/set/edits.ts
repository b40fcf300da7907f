import { BadInputError } from '../../platform/errors.ts';
import { askedFor } from './asked.ts';
import type { Edit } from './options.ts';
import { parseAssignment } from './path.ts';

/** Reads `PATH=VALUE` arguments. @throws BadInputError for one that cannot be read, RefusedError for a value that reads in two ways */
export function editsOf(assignments: readonly string[], options: { readonly asString: boolean }): readonly Edit[] {
  if (assignments.length === 0) throw new BadInputError('nothing is to be set', { hint: 'add PATH=VALUE' });
  return assignments.map((assignment) => {
    const { path, segments, value } = parseAssignment(assignment);
    return { path, segments, asked: askedFor(value, options) };
  });
}
