import { type ConfigurationRemark, readYaml } from '../../configuration/read-yaml.ts';
import { remarkLine } from '../../configuration/remark-line.ts';
import type { YamlPlaces } from '../../configuration/yaml-places.ts';
import { BadInputError } from '../../platform/errors.ts';
import { type Problem, pathText } from '../../platform/schema-problems.ts';
import type { Suite } from './suite.ts';
import { SUITE_HINT, suiteOfValue } from './suite-of-value.ts';

export interface ReadSuiteOptions {
  /** What the suite is called that does not say so itself; the file's name without its ending. */
  readonly name?: string;
  /** What the text came from, for messages: a path. */
  readonly source?: string;
}

/** What became of a text: a suite, with the value that it was written as and where its parts are, or all that is wrong. */
export type ExaminedSuite =
  | {
      readonly ok: true;
      readonly suite: Suite;
      /** As `parseSuite` takes it. */
      readonly value: unknown;
      readonly places: YamlPlaces;
      readonly warnings: readonly ConfigurationRemark[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigurationRemark[] };

/**
 * Reads the text of a suite, YAML or JSON; a configuration of CloudWatch multi checks is known by its `steps` and translated.
 * @throws BadInputError with every problem, each with its place
 */
export async function readSuite(text: string, { name, source = 'suite' }: ReadSuiteOptions = {}): Promise<Suite> {
  const examined = await examineSuite(text, name ?? nameOf(source));
  if (!examined.ok) throw badSuite(source, examined.problems);
  return { ...examined.suite, warnings: examined.warnings.map((each) => remarkLine(source, each)) };
}

/** The same as data, for who has several files to tell of. Never throws. @param name of a suite that does not say its own */
export async function examineSuite(text: string, name: string): Promise<ExaminedSuite> {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { value, places } = yaml;
  const remark = ({ path, message }: Problem): ConfigurationRemark => ({
    path: pathText(path),
    ...places.placeOf(path),
    message: asWritten(message, places.sourceOf(path)),
  });
  const { suite, problems, warnings } = await suiteOfValue(value, name);
  const all = [...yaml.problems, ...problems.map(remark)];
  if (!suite || all.length > 0) return { ok: false, problems: all };
  return { ok: true, suite, value, places, warnings: warnings.map(remark) };
}

/** A number has lost its zeros on the way; the text has them. */
function asWritten(message: string, source: string | undefined): string {
  return source === undefined ? message : message.replace(/put it in quotes: "[^"]*"$/, () => `put it in quotes: "${source}"`);
}

/** One bracket that is missing makes many problems of syntax. */
const MOST_LINES = 25;

function badSuite(source: string, problems: readonly ConfigurationRemark[]): BadInputError {
  const all = [...problems].sort((a, b) => a.line - b.line || a.column - b.column).map((problem) => remarkLine(source, problem));
  const lines = all.length > MOST_LINES ? [...all.slice(0, MOST_LINES), `and ${all.length - MOST_LINES} more`] : all;
  return new BadInputError(`the suite cannot be used:\n${lines.join('\n')}`, SUITE_HINT);
}

function nameOf(source: string): string {
  const file = source.split(/[/\\]/).at(-1) ?? source;
  return file.replace(/\.(ya?ml|json)$/i, '') || 'suite';
}
