import { messageOf } from '../platform/errors.ts';
import { mapLimit } from '../platform/map-limit.ts';
import { type Problem, pathText } from '../platform/schema-problems.ts';
import { type ExaminedSuite, examineSuite } from '../smoke/suite/read-suite.ts';
import { checkSuite } from './check-suite.ts';
import { checkSuiteUses } from './check-suite-uses.ts';
import type { ConfigurationResult } from './read-configuration.ts';
import type { ConfigurationRemark } from './read-yaml.ts';
import { type SuiteDocument, type SuiteDocuments, suiteFilesOf } from './stage-smoke.ts';
import { suiteDocument } from './suite-document.ts';

/** A remark on a suite's file, which is named as `nightshift.yaml` names it; without a file, on `nightshift.yaml` itself. */
export interface SuiteRemark extends ConfigurationRemark {
  readonly file?: string;
}

export type SuitesResult =
  | { readonly ok: true; readonly documents: SuiteDocuments; readonly warnings: readonly SuiteRemark[] }
  | { readonly ok: false; readonly problems: readonly SuiteRemark[] };

/** Reads a file by its path relative to `nightshift.yaml`; rejects with the reason when it cannot. */
export type ReadSuiteFile = (file: string) => Promise<string>;

type GoodConfiguration = Extract<ConfigurationResult, { ok: true }>;
type GoodSuite = Extract<ExaminedSuite, { ok: true }>;

/** What was found in one file. */
interface SuiteFile {
  readonly file: string;
  readonly examined?: GoodSuite;
  readonly document?: SuiteDocument;
  readonly problems: readonly SuiteRemark[];
}

const READS = 8;

/** Reads the suites that a good `nightshift.yaml` names. Never throws for what a file says: every problem of every file is reported, each where it is. */
export async function readSuites(
  { configuration, places }: Pick<GoodConfiguration, 'configuration' | 'places'>,
  read: ReadSuiteFile,
): Promise<SuitesResult> {
  const here = ({ path, message }: Problem): SuiteRemark => ({ path: pathText(path), ...places.placeOf(path), message });
  const files = await mapLimit(suiteFilesOf(configuration), READS, async (file): Promise<SuiteFile> => {
    try {
      return await readFile(file, await read(file), configuration.smoke?.allow ?? []);
    } catch (error) {
      return { file, problems: naming(file, configuration).map((path) => here({ path, message: messageOf(error) })) };
    }
  });
  const good = new Map(files.flatMap(({ file, examined }) => (examined === undefined ? [] : [[file, examined.suite] as const])));
  const uses = checkSuiteUses(configuration, good);
  const problems = [...uses.problems.map(here), ...files.flatMap((each) => each.problems)];
  if (problems.length > 0) return { ok: false, problems: problems.sort(byPlace) };
  return {
    ok: true,
    documents: new Map(files.flatMap(({ file, document }) => (document === undefined ? [] : [[file, document] as const]))),
    warnings: [...uses.warnings.map(here), ...files.flatMap(warningsIn)].sort(byPlace),
  };
}

async function readFile(file: string, text: string, allow: readonly string[]): Promise<SuiteFile> {
  const examined = await examineSuite(text, nameOf(file));
  if (!examined.ok) return { file, problems: examined.problems.map((problem) => ({ file, ...problem })) };
  const { suite, value, places } = examined;
  const document = suiteDocument(suite, value);
  const problems = checkSuite(suite, { document, allow });
  return {
    file,
    examined,
    document,
    problems: problems.map(({ path, message }) => ({ file, path: pathText(path), ...places.placeOf(path), message })),
  };
}

function warningsIn({ file, examined }: SuiteFile): SuiteRemark[] {
  return (examined?.warnings ?? []).map((warning) => ({ file, ...warning }));
}

/** Where `nightshift.yaml` names a file. */
function naming(file: string, { smoke }: GoodConfiguration['configuration']): readonly (readonly string[])[] {
  return Object.entries(smoke?.suites ?? {}).flatMap(([name, suite]) => (suite.file === file ? [['smoke', 'suites', name, 'file']] : []));
}

function nameOf(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.(?:ya?ml|json)$/, '');
}

/** `nightshift.yaml` first, then file by file. */
function byPlace(a: SuiteRemark, b: SuiteRemark): number {
  const [one = '', another = ''] = [a.file, b.file];
  if (one !== another) return one < another ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
