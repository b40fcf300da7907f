import { describe, expect, it } from 'vitest';
import { type ConsoleOptions, type JenkinsConsole, jenkinsConsole } from '../../../../lib/pipelines/jenkins/console.ts';
import type { JenkinsHandle } from '../../../../lib/pipelines/jenkins/handle.ts';
import { lineSplitter } from '../../../../lib/pipelines/jenkins/line-splitter.ts';
import { triggerJenkins } from '../../../../lib/pipelines/jenkins/trigger.ts';
import type { SandboxJob } from '../../../../sandbox/jenkins/jobs.ts';
import { type JenkinsWorld, jenkinsWorld } from './world.ts';

interface Console extends JenkinsWorld {
  readonly console: JenkinsConsole;
  readonly handle: JenkinsHandle;
  readonly lines: string[];
}

async function building(job: SandboxJob, options: ConsoleOptions = {}): Promise<Console> {
  const world = await jenkinsWorld({ jobs: { deploy: job } });
  const { handle } = await triggerJenkins(world.client, { job: 'deploy' });
  const lines: string[] = [];
  const console = jenkinsConsole(world.client, { onLine: (line) => void lines.push(line), ...options });
  return { ...world, console, handle: { ...handle, build: 1 }, lines };
}

describe('the console of a build', () => {
  it('comes in pieces, each once, with letters put together that were cut in two', async () => {
    const euro = Buffer.from('€');
    const parts = [
      Buffer.concat([Buffer.from('costs 5 '), euro.subarray(0, 1)]),
      Buffer.concat([euro.subarray(1), Buffer.from('\nand ')]),
      'more\n',
      'end',
    ];
    const { console, handle, lines, clock, sandbox } = await building({ durationMs: 4_000, console: parts });

    for (let i = 0; i < 5; i++) {
      expect(await console.poll(handle)).toBe(true);
      clock.advance(1_000);
    }
    console.finish();

    expect(lines).toEqual(['costs 5 €', 'and more', 'end']);
    const starts = sandbox.requests.filter(({ path }) => path.endsWith('progressiveText')).map(({ query }) => query.get('start'));
    expect([...new Set(starts)]).toEqual(['0', '9', '16', '21']);
  });

  it('is passed on up to the cap, then counted; the tail is kept', async () => {
    const text = Array.from({ length: 1_000 }, (_, index) => `line ${index}`).join('\n');
    const { console, handle, lines } = await building({ console: [text] }, { cap: 100, tailLines: 3 });

    await console.poll(handle);
    console.finish();

    expect(lines.join('\n').length).toBeLessThanOrEqual(100);
    expect(lines[0]).toBe('line 0');
    expect(console.tail).toEqual(['line 997', 'line 998', 'line 999']);
    expect(console.dropped + lines.join('\n').length + 2).toBeGreaterThanOrEqual(text.length);
  });

  it('goes on where it broke off', async () => {
    const { console, handle, lines, sandbox } = await building({ console: ['one\ntwo\nthree\nfour\n'] });
    sandbox.faults.add({ path: /progressiveText$/, breakOff: true });

    expect(await console.poll(handle)).toBe(false);
    expect(await console.poll(handle)).toBe(true);
    console.finish();

    expect(lines).toEqual(['one', 'two', 'three', 'four']);
  });

  it('that cannot be read fails no wait', async () => {
    const { console, handle, sandbox } = await building({});
    sandbox.faults.add({ path: /progressiveText$/, answer: { status: 403 } });

    expect(await console.poll(handle)).toBe(false);
    expect(await console.poll({ ...handle, build: 99 })).toBe(false);
  });

  it('is not asked for before there is a build', async () => {
    const { console, handle, sandbox } = await building({});
    const { build: _, ...queued } = handle;
    const before = sandbox.requests.length;

    expect(await console.poll(queued)).toBe(false);
    expect(sandbox.requests).toHaveLength(before);
  });
});

describe('lines', () => {
  function split(...chunks: readonly string[]): readonly string[] {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => void lines.push(line));
    for (const chunk of chunks) splitter.write(Buffer.from(chunk));
    splitter.end();
    return lines;
  }

  it('lose what would move the cursor or colour of a terminal', () => {
    expect(split('\u001b[31mred\u001b[0m\r\nbell\u0007 and\ttab\n')).toEqual(['red', 'bell and\ttab']);
  });

  it('that never end are passed on in parts', () => {
    expect(split('x'.repeat(45_000)).map((line) => line.length)).toEqual([20_000, 20_000, 5_000]);
  });

  it('may be empty, and nothing is added to their end', () => {
    expect(split('a\n', '\n', 'b')).toEqual(['a', '', 'b']);
    expect(split()).toEqual([]);
  });
});
