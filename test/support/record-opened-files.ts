/**
 * `node --import <this file>`: appends the absolute path of every module that the process loads, and of every source map that it reads, to
 * the file that the variable names, one a line.
 */
import fs, { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { OPENED_FILES_VARIABLE } from './opened-files.ts';

const target = process.env[OPENED_FILES_VARIABLE];

function record(path: string): void {
  if (target !== undefined) appendFileSync(target, `${path}\n`);
}

registerHooks({
  load: (url, context, next) => {
    if (url.startsWith('file:')) record(fileURLToPath(url));
    return next(url, context);
  },
});

const { readFileSync } = fs;
fs.readFileSync = ((...args: Parameters<typeof readFileSync>) => {
  if (typeof args[0] === 'string' && args[0].endsWith('.map')) record(args[0]);
  return readFileSync(...args);
}) as typeof readFileSync;
