import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Prints the names that every module of Node's own exports; a few are not for every platform. */
const program = `
import { builtinModules } from 'node:module';
const found = {};
for (const name of builtinModules) {
  const path = name.startsWith('node:') ? name : 'node:' + name;
  try { found[path] = Object.keys(await import(path)); } catch {}
}
process.stdout.write(JSON.stringify(found));
`;

/**
 * Names that Node's own modules export, by path (`node:fs`), in a process that nobody has told anything. Those of `node:process` depend on how it was
 * started, `send` for one is there in a child only: the bundle would have other bytes in a test than at the next deployment, which would take
 * it for other code.
 */
export async function builtinExports(): Promise<Readonly<Record<string, readonly string[]>>> {
  const { stdout } = await run(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], { env: {} });
  return JSON.parse(stdout) as Readonly<Record<string, readonly string[]>>;
}
