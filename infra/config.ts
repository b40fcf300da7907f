import { readFile } from 'node:fs/promises';
import { readConfiguration } from '../lib/configuration/read-configuration.ts';
import { readSuites, type SuiteRemark } from '../lib/configuration/read-suites.ts';
import { remarkLine } from '../lib/configuration/remark-line.ts';
import { type StageConfig, stagesOf } from '../lib/configuration/stage.ts';
import { suitePath } from '../lib/configuration/suite-path.ts';

/**
 * The stages that a file describes, as typed values that constructs get as props.
 * @param warn hears of what may not mean what its author thinks
 * @throws Error with every problem of the file, or of its suites, each with its line
 */
export async function loadStages(file: string, warn: (line: string) => void): Promise<readonly StageConfig[]> {
  const result = readConfiguration(await readText(file, 'make one with nightshift init, or name another with -c config=FILE'));
  if (!result.ok) throw notDeployable(file, result.problems);
  const suites = await readSuites(result, (suite) => readText(suitePath(file, suite), 'the path is relative to nightshift.yaml'));
  if (!suites.ok) throw notDeployable(file, suites.problems);
  for (const warning of [...result.warnings, ...suites.warnings]) warn(lineOf(file, warning));
  return stagesOf(result.configuration, suites.documents);
}

function notDeployable(file: string, problems: readonly SuiteRemark[]): Error {
  return new Error(`${file} can't be deployed:\n${problems.map((problem) => lineOf(file, problem)).join('\n')}`);
}

function lineOf(file: string, remark: SuiteRemark): string {
  return remarkLine(remark.file === undefined ? file : suitePath(file, remark.file), remark);
}

async function readText(file: string, hint: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} can't be read; ${hint}`, { cause: error });
  }
}
