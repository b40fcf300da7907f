import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ExecError } from '../../../lib/exec/exec-error.ts';
import { type RunOptions, run } from '../../../lib/exec/run.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { script, tempFolder } from './scripts.ts';

const bash = (body: string, options: RunOptions = {}) => run('bash', ['-c', body], options);

async function failureOf(work: Promise<unknown>): Promise<ExecError> {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ExecError);
  return error as ExecError;
}

describe('run', () => {
  it('hands arguments over as they are, past every shell', async () => {
    const args = ['a b', '$HOME', '`id`', '"', "'", '*', '', 'ü\n😀', '--', '-n'];

    const { stdout } = await run('bash', ['-c', `printf '%s\\0' "$@"`, 'bash', ...args]);

    expect(stdout.wholeText().split('\0').slice(0, -1)).toEqual(args);
  });

  it('keeps the outputs apart, byte by byte', async () => {
    const bytes = randomBytes(100_000);

    const { stdout, stderr, exitCode } = await bash('cat; echo warned >&2', { stdin: bytes });

    expect(exitCode).toBe(0);
    expect(stdout.bytes().equals(bytes)).toBe(true);
    expect(stderr.text()).toBe('warned\n');
  });

  it('runs where it is told', async () => {
    const cwd = await tempFolder();

    const { stdout } = await bash('pwd -P', { cwd });

    expect(stdout.text()).toBe(`${cwd}\n`);
  });

  it('takes unexpected exit codes for errors that say what was last complained of', async () => {
    const error = await failureOf(bash('echo working; echo first >&2; echo "no such bucket" >&2; echo >&2; exit 3'));

    expect(error).toMatchObject({ code: 'exec', program: 'bash', exitCode: 3, failure: { kind: 'exit', exitCode: 3 }, retryable: false });
    expect(error.message).toMatch(/ exited with 3: no such bucket$/);
    expect(error.stderrTail).toBe('first\nno such bucket');
    expect(error.hint).toBeDefined();
  });

  it('returns expected exit codes as data', async () => {
    expect((await bash('exit 2', { expected: [0, 2] })).exitCode).toBe(2);
    expect((await failureOf(bash('exit 0', { expected: [2] }))).exitCode).toBe(0);
  });

  it('names the signal that ended a program, with the number that shells report', async () => {
    expect(await failureOf(bash('kill -KILL $$'))).toMatchObject({ failure: { kind: 'signal', signal: 'SIGKILL' }, exitCode: 137 });
  });

  it('tells a missing program from one that may not be run, and both from a missing directory', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'plain'), 'text');

    const missing = await failureOf(run('no-such-program-here', []));
    const path = await failureOf(run(join(folder, 'missing'), []));
    const interpreter = await failureOf(run(await script('x', '').then((file) => writeFile(file, '#!/no/such\n').then(() => file)), []));
    const plain = await failureOf(run(join(folder, 'plain'), []));
    const directory = await failureOf(run('bash', ['-c', 'true'], { cwd: join(folder, 'nowhere') }));

    expect(missing).toMatchObject({ failure: { kind: 'not-found' }, hint: 'install no-such-program-here, or correct PATH' });
    expect(missing.exitCode).toBeUndefined();
    expect(path.message).toContain('there is no such file');
    expect(interpreter.message).toContain('interpreter');
    expect(plain).toMatchObject({ failure: { kind: 'not-permitted' }, message: expect.stringContaining('permission denied') });
    expect(directory.message).toContain('nowhere to run it in');
  });

  it('finds programs in the PATH that the program gets', async () => {
    const folder = await tempFolder();
    await script('greet', 'echo hello', folder);

    const { stdout } = await run('greet', [], { env: { set: { PATH: `${folder}:/usr/bin:/bin` } } });

    expect(stdout.text()).toBe('hello\n');
  });

  it('says what is too much for the system', async () => {
    const error = await failureOf(run('bash', ['-c', 'true', 'x'.repeat(3_000_000)]));

    expect(error).toMatchObject({ failure: { kind: 'not-started', systemCode: 'E2BIG' }, hint: expect.stringContaining('standard input') });
    expect(error.command.length).toBeLessThan(600);
  });

  it.each([
    ['', []],
    ['bash', ['planted\0']],
  ])('refuses what no program can be: %j %j', async (program, args) => {
    const error = await run(program, args).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(BadInputError);
    expect(String(error)).not.toContain('planted');
  });
});

describe('standard input', () => {
  it('is empty unless given', async () => {
    expect((await bash('cat')).stdout.text()).toBe('');
  });

  it('may be a stream', async () => {
    expect((await bash('cat', { stdin: Readable.from(['a', 'b']) })).stdout.text()).toBe('ab');
  });

  it('need not be read: a program that has enough is not at fault', async () => {
    const { stdout } = await bash('head -c 3', { stdin: 'abc'.repeat(1_000_000) });
    const { exitCode } = await bash('exec 0<&-; sleep 0.1', { stdin: Buffer.alloc(5_000_000) });

    expect(stdout.text()).toBe('abc');
    expect(exitCode).toBe(0);
  });

  it('for a program that is not there is the fault of nobody', async () => {
    const error = await failureOf(run('no-such-program-here', [], { stdin: 'x'.repeat(1_000_000) }));

    expect(error.failure).toEqual({ kind: 'not-found' });
  });

  it('without end is not read on when the program has ended', async () => {
    const source = new Readable({ read: (size) => void source.push(Buffer.alloc(size)) });

    await bash('head -c 3', { stdin: source });

    expect(source.destroyed).toBe(true);
  });

  it('that breaks ends the program, and its error is told', async () => {
    const source = new Readable({ read: () => void source.destroy(new Error('the disk is gone')) });

    await expect(bash('cat; sleep 60', { stdin: source })).rejects.toThrow('the disk is gone');
  });
});

describe('the environment', () => {
  const from = {
    PATH: process.env.PATH,
    HOME: '/home/me',
    LC_ALL: 'C',
    AWS_REGION: 'eu-central-1',
    AWS_SECRET_ACCESS_KEY: 's3cr3t',
    EDITOR: 'vi',
  };
  const seen = async (options: RunOptions['env']) =>
    Object.fromEntries(
      (await run('env', [], { env: { from, ...options } })).stdout
        .text()
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s)),
    );

  it('is nothing but the few that every program needs', async () => {
    expect(Object.keys(await seen({})).sort()).toEqual(['HOME', 'LC_ALL', 'PATH']);
  });

  it('is widened by name, by the beginning of names, and by values', async () => {
    const variables = await seen({ inherit: ['EDITOR', 'AWS_R*', 'MISSING'], set: { MODE: 'x', HOME: '/elsewhere' } });

    expect(variables).toMatchObject({ EDITOR: 'vi', AWS_REGION: 'eu-central-1', MODE: 'x', HOME: '/elsewhere' });
    expect(variables).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
  });

  it.each([{ 'A=B': 'x' }, { A: 'x\0planted' }, { '': 'x' }])('refuses %j', async (set) => {
    const error = await run('env', [], { env: { set } }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(BadInputError);
    expect(String(error)).not.toContain('planted');
  });
});
