import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'docs/decisions');
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const everything = pages.map(({ text }) => text).join('\n');
/** The tools that CONTRIBUTING and the scripts are about, and types, decide nothing about the product. */
const tools = /^(@types\/.*|node|typescript|vitest|@vitest\/.*|@biomejs\/biome)$/;
/** Spoken of by the names of their families. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^@aws-sdk\/client-(.*)$/, 'AWS clients'],
  [/^@kubernetes\/client-node$/, 'client-node'],
  [/^@aws-lambda-powertools\/.*$/, 'Powertools'],
];

describe('the decisions', () => {
  it.each(Object.keys(manifest.devDependencies).filter((name) => !tools.test(name)))('speak of %s', (name) => {
    const word = families.find(([family]) => family.test(name))?.[1] ?? name;

    expect(everything.toLowerCase()).toContain(word.toLowerCase());
  });

  it('speak of the versions that are installed', () => {
    const listed = [...everything.matchAll(/^\| `([@\w/-]+)` (\d+\.\d+\.\d+) +\|.*\b(?:MIT|ISC|Apache-2\.0)/gm)];
    const installed: Readonly<Record<string, string>> = manifest.devDependencies;

    expect(listed.length).toBeGreaterThan(5);
    for (const [, name = '', version] of listed) expect(`${name} ${installed[name]}`).toBe(`${name} ${version}`);
  });
});
