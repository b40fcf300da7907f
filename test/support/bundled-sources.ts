import { readFile } from 'node:fs/promises';

/** The sources that a built file is made of, from its map, relative to the project's root; none for a file that only passes on. */
export async function bundledSources(file: string): Promise<readonly string[]> {
  const map = await readFile(`${file}.map`, 'utf8').catch(() => '{ "sources": [] }');
  return (JSON.parse(map) as { sources: string[] }).sources;
}
