import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Names the file that `record-opened-files.ts` writes to. */
export const OPENED_FILES_VARIABLE = 'OPENED_FILES';

/** What makes a Node process tell which files it opens. */
export interface FileRecorder {
  readonly nodeFlags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute paths below `folder` that were opened so far, each once, in the order in which they were. */
  openedIn(folder: string): Promise<readonly string[]>;
}

/** @param file of the record; a new one for every process. */
export function fileRecorder(file: string): FileRecorder {
  return {
    nodeFlags: ['--import', fileURLToPath(new URL('./record-opened-files.ts', import.meta.url))],
    env: { [OPENED_FILES_VARIABLE]: file },
    openedIn: async (folder) => {
      const lines = (await readFile(file, 'utf8')).split('\n');
      return [...new Set(lines)].filter((path) => path.startsWith(folder));
    },
  };
}
