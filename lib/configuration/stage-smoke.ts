import type { Configuration } from './schema.ts';
import { type SmokeSection, smokeSectionSchema } from './smoke-section.ts';
import { stagesOfSuite } from './suite-stages.ts';

type SuiteSection = SmokeSection['suites'][string];

/** A suite that has been read: what the function is given, and what it will ask AWS for. */
export interface SuiteDocument {
  /** The suite as JSON, without spaces. */
  readonly json: string;
  /** Names of SSM parameters that its variables come from. */
  readonly parameters: readonly string[];
  /** Names or ARNs of secrets of Secrets Manager that its variables come from. */
  readonly secrets: readonly string[];
}

/** Suites by the name of their file. */
export type SuiteDocuments = ReadonlyMap<string, SuiteDocument>;

export interface StageSuite extends Omit<SuiteSection, 'file' | 'stages'> {
  readonly name: string;
  readonly document: SuiteDocument;
}

/** What post-deploy-smoke proves in a stage. */
export interface StageSmoke extends Omit<SmokeSection, 'suites'> {
  readonly suites: readonly StageSuite[];
}

/** @throws Error for a suite whose file was not read, which is a mistake of ours */
export function stageSmokeOf(file: Configuration, stage: string, documents: SuiteDocuments): StageSmoke {
  const { suites, ...rest } = file.smoke ?? smokeSectionSchema.parse({});
  const all = Object.keys(file.stages);
  const here = Object.entries(suites).filter(([, suite]) => stagesOfSuite(suite, all, file.clusters).includes(stage));
  return { ...rest, suites: here.map(([name, suite]) => stageSuite(name, suite, documents)) };
}

function stageSuite(name: string, { file, stages: _, ...suite }: SuiteSection, documents: SuiteDocuments): StageSuite {
  const document = documents.get(file);
  if (document === undefined) throw new Error(`the suite ${name} was not read from ${file}`);
  return { name, ...suite, document };
}

/** The files of all suites, each once. */
export function suiteFilesOf({ smoke }: Configuration): readonly string[] {
  return [...new Set(Object.values(smoke?.suites ?? {}).map(({ file }) => file))];
}
