import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../../lib/exec/byte-window.ts';
import { LineSplitter } from '../../../lib/exec/line-splitter.ts';
import { run } from '../../../lib/exec/run.ts';

const capture = { headBytes: 1_000, tailBytes: 1_000 };

describe('a long output', () => {
  it('of 100 MB stays within the cap and the memory, and ends well', async () => {
    let lines = 0;
    const before = process.memoryUsage().rss;

    const { stdout } = await run('bash', ['-c', 'echo first; yes "$(printf %0999d 0)" | head -c 100000000; echo last'], {
      onLine: () => void lines++,
    });

    expect(stdout.dropped).toBe(6 + 100_000_000 + 5 - 2 * 512 * 1024);
    expect(stdout.text()).toMatch(/^first\n0000[\s\S]*left out[\s\S]*last\n$/);
    expect(lines).toBe(100_002);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  }, 60_000);

  it('is not to be parsed when some of it is missing', async () => {
    const { stdout } = await run('bash', ['-c', 'head -c 5000 /dev/zero'], { capture });

    expect(stdout.dropped).toBe(3_000);
    expect(() => stdout.bytes()).toThrow('the output is incomplete: 3000 bytes more');
    expect(() => stdout.wholeText()).toThrow('incomplete');
  });

  it('does not show itself in logs', async () => {
    const { stdout } = await run('echo', ['planted']);

    expect(`${stdout} ${JSON.stringify({ stdout })} ${inspect({ stdout })}`).toBe('[8 bytes] {"stdout":"[8 bytes]"} { stdout: [8 bytes] }');
  });

  it('in one line is told cut', async () => {
    const lines: string[] = [];

    await run('bash', ['-c', 'head -c 3000000 /dev/zero | tr "\\0" x; echo; echo next'], { onLine: (line) => lines.push(line) });

    expect(lines.map((line) => line.length)).toEqual([8_000 + '… (cut)'.length, 4]);
    expect(lines[1]).toBe('next');
  });
});

describe('the kept bytes', () => {
  it('are the first and the last, whatever the pieces', () => {
    return fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.nat(30),
        fc.integer({ min: 1, max: 30 }),
        (chunks, headBytes, tailBytes) => {
          const window = new ByteWindow({ headBytes, tailBytes });
          for (const chunk of chunks) window.write(chunk);
          const all = Buffer.concat(chunks);
          const rest = all.subarray(headBytes);

          expect(window.head()).toEqual(all.subarray(0, headBytes));
          expect(window.tail()).toEqual(rest.subarray(Math.max(0, rest.length - tailBytes)));
          expect(window.dropped).toBe(Math.max(0, rest.length - tailBytes));
        },
      ),
    );
  });
});

describe('lines', () => {
  it('are the same whatever the pieces of their bytes', () => {
    const text = fc.array(fc.constantFrom('a', 'ü', '😀', '\n', '\r\n', '\r', ' '), { maxLength: 30 }).map((parts) => parts.join(''));
    return fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (whole, sizes) => {
        const lines: string[] = [];
        const splitter = new LineSplitter(
          (line) => line,
          (line) => void lines.push(line),
          0,
        );
        const bytes = Buffer.from(whole);
        for (let at = 0, n = 0; at < bytes.length; n++) {
          const size = sizes[n % sizes.length]!;
          splitter.write(bytes.subarray(at, at + size));
          at += size;
        }
        splitter.end();

        const expected = whole.split(/\r\n|\n|\r/);
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected);
      }),
    );
  });

  it('come while the program runs, from both outputs', async () => {
    const told: string[] = [];
    const controller = new AbortController();

    await run('bash', ['-c', 'echo one; echo two >&2; sleep 60'], {
      signal: controller.signal,
      onLine: (line, output) => {
        told.push(`${output} ${line}`);
        if (told.length === 2) controller.abort();
      },
    }).catch(() => {});

    expect(told.sort()).toEqual(['stderr two', 'stdout one']);
  });
});
