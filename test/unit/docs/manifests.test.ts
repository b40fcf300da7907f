import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readRules } from '../../../lib/manifests/promote/read-rules.ts';
import { rulesSchema } from '../../../lib/manifests/promote/rules-schema.ts';
import { renderTemplate } from '../../../lib/manifests/render/render-template.ts';
import { runCli } from '../cli/run-cli.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/manifests.md'), 'utf8');

/** The text of a `##` section. */
function section(name: string): string {
  const [, rest = ''] = page.split(`\n## ${name}\n`);
  return rest.split('\n## ')[0] ?? '';
}

function yamlBlock(name: string): string {
  return /```yaml\n([\s\S]*?)```/.exec(section(name))?.[1] ?? '';
}

describe('the page about manifests', () => {
  it.each(['patch', 'promote', 'render'])('names every flag of manifest %s', async (command) => {
    const { stdout } = await runCli(['manifest', command, '--help']);
    const [own = ''] = stdout.split('Global options:');
    const flags = [...own.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
    const text = section(command.charAt(0).toUpperCase() + command.slice(1));

    expect(flags.length).toBeGreaterThan(3);
    for (const flag of flags) expect(text).toContain(flag);
  });

  it('shows rules that are good, of every kind, and lists every word of them', () => {
    const kinds = readRules(yamlBlock('Promote'), 'docs').map(({ kind }) => kind);
    const listed = [...section('Promote').matchAll(/^\| `(\w+)` +\|/gm)].map(([, word]) => word);
    const words = Object.keys(rulesSchema.shape.rules.element.shape);

    expect(new Set(kinds)).toEqual(new Set(['image', 'chart', 'path', 'references']));
    expect(listed.sort()).toEqual(words.filter((word) => !['toImage', 'from', 'document'].includes(word)).sort());
    for (const word of words) expect(section('Promote')).toContain(word);
  });

  it('shows a template that renders', () => {
    const values = {
      name: 'web',
      labels: { app: 'yes' },
      image: { repository: 'r.io/web', tag: 'v1' },
      script: 'echo "a: b"\nexit',
      hosts: ['a', 'b'],
    };
    const text = renderTemplate({ name: 'docs', text: yamlBlock('Render') }, values, 'yaml');

    expect(parse(text, { version: '1.1' })).toEqual({
      metadata: { name: 'web', labels: { app: 'yes' } },
      spec: { replicas: 2, image: 'r.io/web:v1', command: ['sh', '-c', values.script], hosts: ['a', 'b'] },
    });
  });
});
