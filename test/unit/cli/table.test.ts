import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../bin/table.ts';
import { type Terminal, terminalOf } from '../../../bin/terminal.ts';

const plain: Terminal = { columns: undefined, paint: (_, text) => text };
const stream = { write: () => true };

describe('tables', () => {
  it('aligns columns and leaves no space at the end of a line', () => {
    const table = tableOf(
      ['A', 'LONGER', 'WHY'],
      [
        [{ text: 'xxxx' }, { text: 'y' }, { text: 'because' }],
        [{ text: '' }, { text: '' }, { text: '' }],
      ],
      plain,
    );

    expect(table).toBe('A     LONGER  WHY\nxxxx  y       because\n');
  });

  it('cuts the explanation at the edge of a terminal, and nothing anywhere else', () => {
    const rows = [[{ text: 'shop' }, { text: 'a very long explanation of what is wrong' }]];

    expect(tableOf(['NAMESPACE', 'WHY'], rows, { ...plain, columns: 31 })).toContain('shop       a very long explana…');
    expect(tableOf(['NAMESPACE', 'WHY'], rows, plain)).toContain('what is wrong');
  });

  it('keeps a readable explanation on a terminal that is too narrow', () => {
    const table = tableOf(['NAMESPACE', 'WHY'], [[{ text: 'n'.repeat(60) }, { text: 'x'.repeat(40) }]], { ...plain, columns: 40 });

    expect(table).toContain(`${'x'.repeat(15)}…`);
  });

  it('lets no control character of a name reach the terminal', () => {
    const table = tableOf(['A', 'B'], [[{ text: 'a\u001b[2Jb\nc' }, { text: '\u202ereversed' }]], plain);

    expect(table).toBe('A         B\na [2Jb c   reversed');
  });

  it('colours without moving the columns', () => {
    const painted: Terminal = { columns: undefined, paint: (style, text) => `<${style}>${text}</>` };

    expect(tableOf(['A', 'B'], [[{ text: 'x', style: 'red' }, { text: 'y' }]], painted)).toBe('<dim>A</>  <dim>B</>\n<red>x</>  y');
  });
});

describe('colours', () => {
  it('are for terminals that show them, unless NO_COLOR says otherwise', () => {
    const painted = (isTTY: boolean, env: Record<string, string>): boolean =>
      terminalOf({ ...stream, isTTY }, env).paint('red', 'x') !== 'x';

    expect(painted(true, { TERM: 'xterm' })).toBe(true);
    expect(painted(true, { NO_COLOR: '1' })).toBe(false);
    expect(painted(true, { NO_COLOR: '' })).toBe(true);
    expect(painted(true, { TERM: 'dumb' })).toBe(false);
    expect(painted(false, {})).toBe(false);
  });

  it('take the width of a terminal only', () => {
    expect(terminalOf({ ...stream, isTTY: true, columns: 80 }, {}).columns).toBe(80);
    expect(terminalOf({ ...stream, columns: 80 }, {}).columns).toBeUndefined();
  });
});
