import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ExecError } from '../../../lib/exec/exec-error.ts';
import { run } from '../../../lib/exec/run.ts';
import { isRunning } from '../../support/is-running.ts';
import { pidIn, script, tempFolder } from './scripts.ts';

/** Parent, child and grandchild, all deaf to SIGTERM, with their process ids in files. */
const deafFamily = `
trap '' TERM
( trap '' TERM
  ( trap '' TERM; echo $BASHPID > "$1/grandchild"; while :; do sleep 0.2; done ) &
  echo $BASHPID > "$1/child"; while :; do sleep 0.2; done ) &
echo $$ > "$1/parent"; while :; do sleep 0.2; done`;

const caught = (work: Promise<unknown>) => work.catch((thrown: unknown) => thrown);

describe('the end of a program', () => {
  it('is that of its whole family when its time is over, though none of them hears SIGTERM', async () => {
    const folder = await tempFolder();
    const program = await script('family', deafFamily);

    const running = caught(run(program, [folder], { timeoutMs: 700, graceMs: 300 }));
    const pids = await Promise.all(['parent', 'child', 'grandchild'].map((name) => pidIn(join(folder, name))));
    expect(pids.map(isRunning)).toEqual([true, true, true]);
    const error = await running;

    expect(error).toMatchObject({ code: 'exec', failure: { kind: 'timeout', timeoutMs: 700 }, retryable: true });
    expect(String(error)).toContain('it was not done after 0.7 s');
    expect(pids.map(isRunning)).toEqual([false, false, false]);
  });

  it('comes to a child that is deaf though its parent has left at once', async () => {
    const folder = await tempFolder();
    const program = await script(
      'leaves',
      `( trap '' TERM; exec >/dev/null 2>&1; echo $BASHPID > "$1/child"; while :; do sleep 0.2; done ) &\nwait`,
    );

    const running = caught(run(program, [folder], { timeoutMs: 500, graceMs: 200 }));
    const child = await pidIn(join(folder, 'child'));
    await running;

    expect(isRunning(child)).toBe(false);
  });

  it('gives a program the time to clean up, and no more than it takes', async () => {
    const lines: string[] = [];
    const started = performance.now();

    await caught(
      run('bash', ['-c', 'trap "echo cleaned; exit 0" TERM; sleep 60 & wait'], {
        timeoutMs: 300,
        graceMs: 10_000,
        onLine: (line) => lines.push(line),
      }),
    );

    expect(lines).toEqual(['cleaned']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('comes with the caller’s signal, whose reason is thrown when all are gone', async () => {
    const folder = await tempFolder();
    const program = await script('family', deafFamily);
    const controller = new AbortController();
    const reason = new Error('interrupted');

    const running = caught(run(program, [folder], { signal: controller.signal, graceMs: 200 }));
    const pids = await Promise.all(['parent', 'child', 'grandchild'].map((name) => pidIn(join(folder, name))));
    controller.abort(reason);

    expect(await running).toBe(reason);
    expect(pids.map(isRunning)).toEqual([false, false, false]);
  });

  it('is not begun for when the signal has aborted before', async () => {
    const folder = await tempFolder();

    const error = await caught(run('touch', [join(folder, 'x')], { signal: AbortSignal.abort('enough') }));

    expect(error).toBe('enough');
    expect((await run('ls', [folder])).stdout.text()).toBe('');
  });

  it('is not put off by a child that keeps the pipe open; the child is ended with it', async () => {
    const folder = await tempFolder();
    const program = await script(
      'leaver',
      `( echo $BASHPID > "$1/child"; sleep 60 ) &\nuntil [ -s "$1/child" ]; do sleep 0.05; done\necho done`,
    );
    const started = performance.now();

    const { stdout } = await run(program, [folder]);

    expect(stdout.text()).toBe('done\n');
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(isRunning(await pidIn(join(folder, 'child')))).toBe(false);
  });

  it('is not put off by a daemon that has left the group with the pipe: only the pipe is taken away', async () => {
    const folder = await tempFolder();
    const program = await script(
      'daemon',
      `setsid bash -c 'echo $$ > "$0/daemon"; exec sleep 60' "$1" &\nuntil [ -s "$1/daemon" ]; do sleep 0.05; done\nwait`,
    );
    const started = performance.now();

    const error = await caught(run(program, [folder], { timeoutMs: 500, graceMs: 200 }));

    expect(error).toBeInstanceOf(ExecError);
    expect(performance.now() - started).toBeLessThan(5_000);
    // What setsid is for: no signal of ours finds it.
    expect(isRunning(await pidIn(join(folder, 'daemon')))).toBe(true);
  });

  it('comes when our own process exits in the midst of it', async () => {
    const folder = await tempFolder();
    const program = await script('family', deafFamily);
    const module = new URL('../../../lib/exec/run.ts', import.meta.url).href;
    const body = `
      import { run } from '${module}';
      import { existsSync } from 'node:fs';
      void run('${program}', ['${folder}']);
      setInterval(() => existsSync('${folder}/grandchild') && process.exit(3), 20);`;

    const { exitCode } = await run(process.execPath, ['--input-type=module', '-e', body], { expected: [3] });
    const pids = await Promise.all(['parent', 'child', 'grandchild'].map((name) => pidIn(join(folder, name))));

    expect(exitCode).toBe(3);
    await vi.waitFor(() => expect(pids.map(isRunning)).toEqual([false, false, false]));
  });

  it('lets our own process go, though a daemon still holds the pipe', async () => {
    const folder = await tempFolder();
    const program = await script(
      'daemon',
      `setsid bash -c 'echo $$ > "$0/daemon"; exec sleep 60' "$1" &\nuntil [ -s "$1/daemon" ]; do sleep 0.05; done`,
    );
    const module = new URL('../../../lib/exec/run.ts', import.meta.url).href;
    const body = `import { run } from '${module}'; const { exitCode } = await run('${program}', ['${folder}']); console.log(exitCode);`;

    // Nothing ends it: it has to have nothing left to wait for.
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', body], { timeoutMs: 10_000 });

    expect(stdout.text()).toBe('0\n');
    expect(isRunning(await pidIn(join(folder, 'daemon')))).toBe(true);
  });

  it('leaves no listener and no timer behind', async () => {
    const controller = new AbortController();
    const before = process.listenerCount('exit');
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

    for (let n = 0; n < 12; n++) await run('true', [], { signal: controller.signal, timeoutMs: 60_000 });

    expect(process.listenerCount('exit')).toBeLessThanOrEqual(before + 1);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThanOrEqual(timers);
  });

  it('comes to a program whose reader fails, with the reader’s error', async () => {
    const fault = new Error('no more, please');

    const error = await caught(
      run('bash', ['-c', 'echo x; sleep 60'], {
        onLine: () => {
          throw fault;
        },
      }),
    );

    expect(error).toBe(fault);
  });
});
