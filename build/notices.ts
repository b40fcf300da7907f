import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from './package-folder.ts';

const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * The licence texts of every npm package that the given files come from, as the packages carry them.
 * Packages with the very same texts share one entry: the AWS SDK alone would repeat its licence some sixty times.
 * @param files paths relative to `root`, as esbuild's metafile names its inputs.
 * @throws Error when a package declares no licence and carries no licence file: it must not be shipped unseen.
 */
export async function thirdPartyNotices(files: readonly string[], root: string): Promise<string> {
  const folders = [...new Set(files.flatMap((file) => packageFolder(file)?.path ?? []))];
  const packages = await Promise.all(folders.map((folder) => readNotice(join(root, folder))));
  const holders = new Map<string, Set<string>>();
  for (const { title, text } of packages.sort((a, b) => a.title.localeCompare(b.title))) {
    holders.set(text, (holders.get(text) ?? new Set()).add(title));
  }
  const entries = [...holders].map(([text, titles]) => `${[...titles].join('\n')}\n\n${text}`);
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `${['This program contains the following packages, each under its own licence.', ...entries].join(rule)}\n`;
}

async function readNotice(folder: string): Promise<{ readonly title: string; readonly text: string }> {
  const { name, version, license } = manifestOf(await readFile(join(folder, 'package.json'), 'utf8'));
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && licenceFile.test(entry.name)).map((entry) => entry.name);
  const texts = await Promise.all(names.sort().map((file) => readFile(join(folder, file), 'utf8')));
  if (texts.length === 0 && license === undefined) {
    throw new Error(`the notices cannot be written: ${name} declares no licence and carries no licence file`);
  }
  const text = texts.map((each) => each.replaceAll('\r\n', '\n').trim()).join('\n\n');
  return {
    title: `${name} ${version} (${license ?? 'see below'})`,
    text: text || `Licensed under ${license}; the package carries no licence text.`,
  };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
}

function manifestOf(json: string): Manifest {
  const { name, version, license } = JSON.parse(json) as { name: string; version: string; license?: unknown };
  return { name, version, license: typeof license === 'string' ? license : undefined };
}
