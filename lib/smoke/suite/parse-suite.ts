import { BadInputError } from '../../platform/errors.ts';
import { type Problem, pathText } from '../../platform/schema-problems.ts';
import type { Suite } from './suite.ts';
import { SUITE_HINT, suiteOfValue } from './suite-of-value.ts';

/** A suite that is a value already: of an event, or of a configuration. @throws BadInputError with every problem and its path */
export async function parseSuite(value: unknown, name: string): Promise<Suite> {
  const { suite, problems, warnings } = await suiteOfValue(value, name);
  if (!suite || problems.length > 0)
    throw new BadInputError(`the suite ${name} is not one: ${problems.map(problemLine).join('; ')}`, SUITE_HINT);
  return { ...suite, warnings: warnings.map(problemLine) };
}

function problemLine({ path, message }: Problem): string {
  const text = pathText(path);
  return text === '' ? message : `${text}: ${message}`;
}
