import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directoryStateStore } from '../../../lib/platform/directory-state-store.ts';
import { StateStoreError } from '../../../lib/platform/state-store-error.ts';

const storeModule = fileURLToPath(new URL('../../../lib/platform/directory-state-store.ts', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nightshift-state-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs `body` with a `store` on the folder in a process of its own. */
function otherProcess(body: string): ChildProcess {
  const program = `
    import { directoryStateStore } from ${JSON.stringify(storeModule)};
    const store = directoryStateStore(${JSON.stringify(folder)});
    ${body}`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('files', () => {
  it('are made with the first write and readable by their owner only', async () => {
    const root = join(folder, 'deep/state');
    const store = directoryStateStore(root);
    expect(await store.list('')).toEqual([]);

    await store.putIfAbsent('runs/r1/plan.json', '{"v":1}');

    expect(await readFile(join(root, 'runs/r1/plan.json'), 'utf8')).toBe('{"v":1}');
    expect(await modeOf(join(root, 'runs/r1/plan.json'))).toBe(0o600);
    expect(await modeOf(join(root, 'runs/r1'))).toBe(0o700);
    expect(await modeOf(root)).toBe(0o700);
  });

  it('leave nothing temporary behind', async () => {
    const store = directoryStateStore(folder);

    await store.putIfAbsent('plan.json', 'one');
    await store.putIfAbsent('plan.json', 'two');

    expect(await readdir(folder)).toEqual(['plan.json']);
  });

  it('of a killed writer are never read as documents', async () => {
    const store = directoryStateStore(folder);
    await writeFile(join(folder, '.half-written.tmp'), '{"v":');
    await writeFile(join(folder, 'README'), 'not ours');

    expect(await store.list('')).toEqual([]);
    expect(await store.putIfAbsent('plan.json', 'x')).toBe('created');
  });
});

describe('a document that is replaced often', () => {
  it('keeps its first version and the newest ones', async () => {
    const store = directoryStateStore(folder);
    await store.putIfAbsent('report.json', '1');

    for (let version = 2; version <= 40; version++) {
      const { etag } = (await store.get('report.json'))!;
      expect(await store.replace('report.json', String(version), etag)).toBe('replaced');
    }

    const generations = (await readdir(folder)).map((name) => Number(name.split('%v')[1] ?? 1)).sort((a, b) => a - b);
    expect(generations).toEqual([1, ...Array.from({ length: 16 }, (_, i) => 25 + i)]);
    expect((await store.get('report.json'))?.body).toBe('40');
    expect(await store.putIfAbsent('report.json', 'x')).toBe('exists');
    expect(await store.list('')).toEqual(['report.json']);
  });

  it('counts as changed when a person edited the file', async () => {
    const store = directoryStateStore(folder);
    await store.putIfAbsent('plan.json', 'one');
    const { etag } = (await store.get('plan.json'))!;

    await writeFile(join(folder, 'plan.json'), 'edited');

    expect(await store.replace('plan.json', 'two', etag)).toBe('changed');
    expect((await store.get('plan.json'))?.body).toBe('edited');
  });

  it('never takes an old etag for the same content that came back', async () => {
    const store = directoryStateStore(folder);
    await store.putIfAbsent('plan.json', 'a');
    const first = (await store.get('plan.json'))!;
    await store.replace('plan.json', 'b', first.etag);
    await store.replace('plan.json', 'a', (await store.get('plan.json'))!.etag);

    expect(await store.replace('plan.json', 'c', first.etag)).toBe('changed');
  });
});

describe('processes', () => {
  it('lose no update to each other', async () => {
    await directoryStateStore(folder).putIfAbsent('counter.json', '0');
    const increments = `
      for (let done = 0; done < 10; ) {
        const { body, etag } = await store.get('counter.json');
        if ((await store.replace('counter.json', String(Number(body) + 1), etag)) === 'replaced') done++;
      }`;

    const children = [1, 2, 3].map(() => otherProcess(increments));
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));

    expect(codes).toEqual([0, 0, 0]);
    expect((await directoryStateStore(folder).get('counter.json'))?.body).toBe('30');
  });

  it('create a document exactly once', async () => {
    const racing = `process.stdout.write(await store.putIfAbsent('lease.json', String(process.pid)));`;

    const outcomes = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = otherProcess(racing);
        let text = '';
        child.stdout?.on('data', (chunk) => {
          text += chunk;
        });
        await once(child, 'close');
        return { pid: String(child.pid), text };
      }),
    );

    expect(outcomes.map(({ text }) => text).sort()).toEqual(['created', 'exists', 'exists']);
    expect((await directoryStateStore(folder).get('lease.json'))?.body).toBe(outcomes.find(({ text }) => text === 'created')?.pid);
  });

  it('that are killed while they write leave whole documents only', async () => {
    const store = directoryStateStore(folder);
    const items = `JSON.stringify(Array.from({ length: 3000 }, (_, i) => ({ ref: 'shop/Deployment/app-' + i, replicas: i })))`;
    const body = JSON.stringify(Array.from({ length: 3000 }, (_, i) => ({ ref: `shop/Deployment/app-${i}`, replicas: i })));
    const endless = `
      const body = ${items};
      for (let run = 0; ; run++) {
        await store.putIfAbsent('runs/' + process.pid + '-' + run + '/plan.json', body);
        if (run === 0) process.stdout.write('started');
      }`;

    for (let kill = 0; kill < 5; kill++) {
      const child = otherProcess(endless);
      await once(child.stdout!, 'data');
      await new Promise((resolve) => setTimeout(resolve, kill * 7));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }

    const keys = await store.list('runs/');
    expect(keys.length).toBeGreaterThanOrEqual(5);
    for (const key of keys) expect((await store.get(key))?.body).toBe(body);
    expect(await store.putIfAbsent('runs/after/plan.json', body)).toBe('created');
  });
});

describe('errors', () => {
  it('name the directory, the key and what to do when a file is in the way', async () => {
    await writeFile(join(folder, 'runs'), 'a file');
    const store = directoryStateStore(folder);

    const error = await store.putIfAbsent('runs/r1.json', 'x').catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(StateStoreError);
    expect(error).toMatchObject({
      message: `write state runs/r1.json in ${folder} failed: ENOTDIR`,
      hint: 'a file stands where a directory is needed: move it or choose another directory',
      location: folder,
      key: 'runs/r1.json',
      retryable: false,
    });
  });

  it('say when access is missing', async () => {
    await chmod(folder, 0o500);
    // Root may write anywhere: the child becomes somebody else first.
    const child = otherProcess(`
      if (process.getuid() === 0) process.setuid(65534);
      const error = await store.putIfAbsent('a.json', 'x').catch((reason) => reason);
      process.stdout.write(JSON.stringify([error.message, error.hint]));`);

    const [said] = await Promise.all([once(child.stdout!, 'data'), once(child, 'exit')]);
    await chmod(folder, 0o700);

    expect(JSON.parse(String(said))).toEqual([
      `write state a.json in ${folder} failed: EACCES`,
      'give this user read and write access to the directory, or choose another one',
    ]);
  });

  it.runIf(process.platform === 'linux')('come at once where no directory can ever be made', async () => {
    await expect(directoryStateStore('/proc/nightshift/state').putIfAbsent('runs/a.json', 'x')).rejects.toThrow(
      'write state runs/a.json in /proc/nightshift/state failed: ENOENT',
    );
  });

  it('say when a document cannot be read as one', async () => {
    await mkdir(join(folder, 'plan.json'));

    await expect(directoryStateStore(folder).get('plan.json')).rejects.toMatchObject({
      message: `read state plan.json in ${folder} failed: EISDIR`,
    });
  });
});
