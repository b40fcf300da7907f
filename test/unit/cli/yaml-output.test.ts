import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from '../../../bin/yaml-text.ts';
import { type CliResult, runCli } from './run-cli.ts';

async function outputs(values: string): Promise<CliResult> {
  return runCli(['terraform', 'outputs', '-f', '-', '--format', 'json', '-o', 'yaml'], { stdin: values });
}

describe('a result as YAML', () => {
  it.each([
    ['a text that begins with a tab', { a: '\tall:\n\techo\n' }, 'a: "\\tall:\\n\\techo\\n"\n'],
    ['a text with an empty line', { a: 'b\n\nc\n' }, 'a: "b\\n\\nc\\n"\n'],
    ['a text of several lines', { a: 'b\nc\n' }, 'a: |\n  b\n  c\n'],
    [
      'texts that YAML 1.1 reads as something else',
      { a: ['yes', '0644', '12:30', '1e3'] },
      'a:\n  - "yes"\n  - "0644"\n  - "12:30"\n  - "1e3"\n',
    ],
    ['a number that YAML 1.1 wants a point in', { a: 1e21 }, 'a: 1.0e+21\n'],
    ['fields that are left out', { a: undefined, b: [undefined] }, 'b:\n  - null\n'],
    ['a long line', { a: 'word '.repeat(40).trim() }, `a: ${'word '.repeat(40).trim()}\n`],
    ['nothing', {}, '{}\n'],
  ])('has %s so that every reader agrees', (_what, document, text) => {
    expect(yamlText(document)).toBe(text);
  });
});

describe('terraform outputs as YAML', () => {
  it('writes texts that no block could hold in double quotes', async () => {
    const { stdout } = await outputs(JSON.stringify({ mk: { value: { makefile: '\tall:\n\techo\n', plain: 'yes' } } }));

    expect(stdout).toBe('mk:\n  makefile: "\\tall:\\n\\techo\\n"\n  plain: "yes"\n');
  });

  it('has every digit: of a number that no double holds as a text', async () => {
    const { stdout } = await outputs(
      '{"big":{"value":12345678901234567890},"list":{"value":[0.1,1e400]},"max":{"value":9007199254740992},"long":{"value":1e21}}',
    );

    expect(stdout).toBe('big: "12345678901234567890"\nlist:\n  - 0.1\n  - "1e400"\nmax: 9007199254740992\nlong: 1.0e+21\n');
    expect(parse(stdout, { version: '1.1' })).toEqual(parse(stdout));
  });
});
