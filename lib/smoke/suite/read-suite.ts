import { type ConfigurationRemark, readYaml } from '../../configuration/read-yaml.ts';
import { remarkLine } from '../../configuration/remark-line.ts';
import { teach } from '../../configuration/teach.ts';
import { BadInputError } from '../../platform/errors.ts';
import { type Problem, pathText } from '../../platform/schema-problems.ts';
import { suiteSchema } from './schema.ts';
import { shapeProblems } from './shape-problems.ts';
import type { Suite } from './suite.ts';
import { toSuite } from './to-suite.ts';

export interface ReadSuiteOptions {
  /** What the suite is called that does not say so itself; the file's name without its ending. */
  readonly name?: string;
  /** What the text came from, for messages: a path. */
  readonly source?: string;
}

/**
 * Reads the text of a suite, YAML or JSON; a configuration of CloudWatch multi checks is known by its `steps` and translated.
 * @throws BadInputError with every problem, each with its place
 */
export async function readSuite(text: string, { name, source = 'suite' }: ReadSuiteOptions = {}): Promise<Suite> {
  const yaml = readYaml(text);
  if (!yaml.ok) throw badSuite(source, yaml.problems);
  const { value, places } = yaml;
  const remark = ({ path, message }: Problem): ConfigurationRemark => ({
    path: pathText(path),
    ...places.placeOf(path),
    message: asWritten(message, places.sourceOf(path)),
  });
  const read = await readValue(value, name ?? nameOf(source));
  const problems = [...yaml.problems, ...read.problems.map(remark)];
  if (!read.suite || problems.length > 0) throw badSuite(source, problems);
  return { ...read.suite, warnings: read.warnings.map((each) => remarkLine(source, remark(each))) };
}

/** A number has lost its zeros on the way; the text has them. */
function asWritten(message: string, source: string | undefined): string {
  return source === undefined ? message : message.replace(/put it in quotes: "[^"]*"$/, () => `put it in quotes: "${source}"`);
}

/** A suite that is a value already: of an event, or of a configuration. @throws BadInputError with every problem and its path */
export async function parseSuite(value: unknown, name: string): Promise<Suite> {
  const { suite, problems, warnings } = await readValue(value, name);
  if (!suite || problems.length > 0) throw new BadInputError(`the suite ${name} is not one: ${problems.map(problemLine).join('; ')}`, HINT);
  return { ...suite, warnings: warnings.map(problemLine) };
}

const HINT = { hint: 'docs/smoke-suites.md says what a suite may hold' };

interface ReadValue {
  readonly suite?: Suite;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

async function readValue(value: unknown, name: string): Promise<ReadValue> {
  if (value === null || value === undefined) return { problems: [{ path: [], message: 'is empty' }], warnings: [] };
  if (isBlueprint(value)) {
    const { readBlueprint } = await import('./blueprint/read-blueprint.ts');
    return readBlueprint(value, name);
  }
  const parsed = suiteSchema.safeParse(value, { error: teach, reportInput: true });
  if (!parsed.success) return { problems: shapeProblems(parsed.error, suiteSchema), warnings: [] };
  return toSuite(parsed.data, value, name);
}

/** A configuration of CloudWatch multi checks has steps where a suite has a version and checks. */
function isBlueprint(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'steps' in value && !('version' in value) && !('checks' in value);
}

function problemLine({ path, message }: Problem): string {
  const text = pathText(path);
  return text === '' ? message : `${text}: ${message}`;
}

function badSuite(source: string, problems: readonly ConfigurationRemark[]): BadInputError {
  const lines = [...problems].sort((a, b) => a.line - b.line || a.column - b.column).map((problem) => remarkLine(source, problem));
  return new BadInputError(`the suite cannot be used:\n${lines.join('\n')}`, HINT);
}

function nameOf(source: string): string {
  const file = source.split(/[/\\]/).at(-1) ?? source;
  return file.replace(/\.(ya?ml|json)$/i, '') || 'suite';
}
