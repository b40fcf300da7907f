import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { thirdPartyNotices } from '../../../build/notices.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'notices-'));
});

afterEach(() => rm(root, { recursive: true }));

async function aPackage(name: string, manifest: object, files: Record<string, string> = {}): Promise<string> {
  const folder = join(root, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...manifest }));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return `node_modules/${name}/index.js`;
}

describe('thirdPartyNotices', () => {
  it('carries the licence and notice texts of each package once, whatever the files are called', async () => {
    const a = await aPackage('a', { license: 'MIT' }, { 'LICENSE.md': 'MIT text\r\nof a\n', 'README.md': 'no licence' });
    const b = await aPackage('@x/b', { license: 'Apache-2.0' }, { LICENCE: 'Apache text', NOTICE: 'Copyright of b' });

    const notices = await thirdPartyNotices([a, 'node_modules/a/other.js', b, 'lib/ours.ts'], root);

    expect(notices.split('-'.repeat(80)).map((entry) => entry.trim())).toEqual([
      'This program contains the following packages, each under its own licence.',
      '@x/b 1.2.3 (Apache-2.0)\n\nApache text\n\nCopyright of b',
      'a 1.2.3 (MIT)\n\nMIT text\nof a',
    ]);
  });

  it('gives packages with the very same text one entry', async () => {
    const files = await Promise.all(['a', 'b'].map((name) => aPackage(name, { license: 'MIT' }, { LICENSE: 'the text' })));

    const notices = await thirdPartyNotices(files, root);

    expect(notices).toContain('a 1.2.3 (MIT)\nb 1.2.3 (MIT)\n\nthe text');
  });

  it('says so where a package declares a licence and carries no text', async () => {
    const file = await aPackage('a', { license: 'MIT-0' });

    await expect(thirdPartyNotices([file], root)).resolves.toContain('Licensed under MIT-0; the package carries no licence text.');
  });

  it('refuses a package without any licence', async () => {
    const file = await aPackage('a', {});

    await expect(thirdPartyNotices([file], root)).rejects.toThrow('a declares no licence and carries no licence file');
  });
});
