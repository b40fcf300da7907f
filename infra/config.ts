import { readFile } from 'node:fs/promises';
import { readConfiguration } from '../lib/configuration/read-configuration.ts';
import { type StageConfig, stagesOf } from '../lib/configuration/stage.ts';

/**
 * The stages that a file describes, as typed values that constructs get as props.
 * @throws Error with every problem of the file, each with its line
 */
export async function loadStages(file: string): Promise<readonly StageConfig[]> {
  const result = readConfiguration(await readText(file));
  if (result.ok) return stagesOf(result.configuration);
  const lines = result.problems.map(({ line, column, path, message }) => `${file}:${line}:${column}: ${path ? `${path}: ` : ''}${message}`);
  throw new Error(`${file} can't be deployed:\n${lines.join('\n')}`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} can't be read; make one with nightshift init, or name another with -c config=FILE`, { cause: error });
  }
}
