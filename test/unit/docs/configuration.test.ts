import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readConfiguration } from '../../../lib/configuration/read-configuration.ts';
import { configurationSchema } from '../../../lib/configuration/schema.ts';
import { bare, knownWords, schemaAt } from '../../../lib/configuration/walk-schema.ts';
import { runCli } from '../cli/run-cli.ts';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(resolve(root, 'docs/configuration.md'), 'utf8');
const [smallest = '', modeline = ''] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block]) => block);

/** Rows of the page's tables, without the spaces that align them. */
const rows = [...page.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));

const sections: readonly (readonly PropertyKey[])[] = [
  [],
  ['stages', 'dev'],
  ['stages', 'dev', 'functions', 'scale-dev-nightly'],
  ['stages', 'dev', 'vpc'],
  ['clusters', 0],
  ['sleep'],
  ['routes'],
  ['routes', 'slack'],
  ['smoke'],
  ['smoke', 'suites', 'shop'],
  ['smoke', 'suites', 'shop', 'target'],
  ['smoke', 'suites', 'shop', 'on', 0],
  ['smoke', 'url'],
  ['prices'],
];

/** What the page has to say of a word: its default, what it means and what it may be. */
function rowOf(path: readonly PropertyKey[]): readonly string[] {
  const schema = schemaAt(configurationSchema, path);
  if (!schema) throw new Error(`no word at ${path.join('.')}`);
  const { success, data } = schema.safeParse(undefined);
  const inside = bare(schema);
  const choices = inside instanceof z.ZodEnum ? inside.options : inside instanceof z.ZodLiteral ? [...inside.values] : [];
  const value =
    success && data !== undefined && !(inside instanceof z.ZodObject) ? `\`${JSON.stringify(data)}\`` : success ? 'none' : 'required';
  const list = choices.length > 1 ? ` (${choices.map((choice) => `\`${choice}\``).join(', ')})` : '';
  return [`\`${String(path.at(-1))}\``, value, `${schema.description}${list}`];
}

describe('the page about nightshift.yaml', () => {
  it('lists every word with its default and meaning, and no other', () => {
    const expected = sections.flatMap((path) => knownWords(schemaAt(configurationSchema, path)).map((word) => rowOf([...path, word])));

    expect(expected.length).toBeGreaterThan(50);
    expect(rows).toEqual(expected);
  });

  it('has a section of the file for each table, so that none is missing', () => {
    const withWords = new Set(sections.map((path) => path.join('.')));
    const nested = sections.flatMap((path) => {
      const section = schemaAt(configurationSchema, path);
      return knownWords(section)
        .map((word) => [...path, word])
        .filter((below) => knownWords(schemaAt(configurationSchema, below)).length > 0);
    });
    // A stage's own sleep and routes have the words of the file's; a function is one of those under `functions`.
    const elsewhere = ['stages.dev.sleep', 'stages.dev.routes', 'stages.dev.functions'];

    expect(nested.map((path) => path.join('.')).filter((path) => !withWords.has(path) && !elsewhere.includes(path))).toEqual([]);
  });

  it('shows a smallest file that is good, and the line that editors look for', () => {
    expect(readConfiguration(smallest)).toMatchObject({ ok: true, warnings: [] });
    expect(readFileSync(resolve(root, 'nightshift.yaml'), 'utf8').startsWith(modeline)).toBe(true);
  });

  it('shows messages as they are', async () => {
    const [, shown = ''] = /^```\n(nightshift\.yaml:[\s\S]*?)^```$/m.exec(page) ?? [];
    const wrong = `version: 1
# ours
stages:
  dev:
    account: 011122223333
    regoin: eu-central-1
clusters:
  - name: dev
    stage: dve
sleep:
  uptime: Mon-Fri 07:00-19:00
`;

    const { stdout } = await runCli(['config', 'check', '-'], { stdin: wrong });

    expect(stdout.replaceAll('-:', 'nightshift.yaml:').replaceAll(/(?<=07:00)nightshift\.yaml:/g, '-')).toBe(shown);
  });

  it('names every flag of init, and the defaults that --yes takes', async () => {
    const { stdout: help } = await runCli(['init', '--help']);
    const [, answers = ''] = /Answers:\n([\s\S]*?)\n\n/.exec(help) ?? [];
    const { stdout } = await runCli(['init', '--yes', '--stdout']);
    const file = parse(stdout) as { name: string; sleep: { uptime: string }; stages: object; clusters: { name: string }[] };

    for (const [flag] of answers.matchAll(/--[a-z-]+/g)) expect(page).toContain(`\`${flag}`);
    expect(page).toContain(
      `\`--stage ${Object.keys(file.stages)[0]}\`, \`--cluster ${file.clusters[0]?.name}\`, \`--uptime "${file.sleep.uptime}"\``,
    );
    expect(page).toContain(`\`--name ${file.name}\``);
  });
});
