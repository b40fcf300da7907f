import { dirname, isAbsolute, join } from 'node:path';

/** Where a suite's file is, which `nightshift.yaml` names relative to itself; `-` is read in the working directory. */
export function suitePath(configurationFile: string, suiteFile: string): string {
  return isAbsolute(suiteFile) ? suiteFile : join(dirname(configurationFile), suiteFile);
}
