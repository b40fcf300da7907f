import { readFile } from 'node:fs/promises';
import { readConfiguration } from '../lib/configuration/read-configuration.ts';
import { remarkLine } from '../lib/configuration/remark-line.ts';
import { type StageConfig, stagesOf } from '../lib/configuration/stage.ts';

/**
 * The stages that a file describes, as typed values that constructs get as props.
 * @param warn hears of what may not mean what its author thinks
 * @throws Error with every problem of the file, each with its line
 */
export async function loadStages(file: string, warn: (line: string) => void): Promise<readonly StageConfig[]> {
  const result = readConfiguration(await readText(file));
  if (!result.ok) throw new Error(`${file} can't be deployed:\n${result.problems.map((problem) => remarkLine(file, problem)).join('\n')}`);
  for (const warning of result.warnings) warn(remarkLine(file, warning));
  return stagesOf(result.configuration);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} can't be read; make one with nightshift init, or name another with -c config=FILE`, { cause: error });
  }
}
