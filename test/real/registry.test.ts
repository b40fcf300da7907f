import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../lib/platform/secret.ts';
import { resolveDigest } from '../../lib/registry/resolve-digest.ts';
import { registryContract } from '../contract/registry.contract.ts';
import { PASSWORD, type RealRegistry, startRealRegistry, USER } from '../support/registry/real-registry.ts';
import { registryProgram } from '../support/registry/registry-program.ts';

const program = registryProgram();

describe.runIf(program).each([{ basic: false }, { basic: true }])('a real registry, with a login: $basic', ({ basic }) => {
  let registry: RealRegistry | undefined;
  beforeAll(async () => {
    registry = await startRealRegistry(program ?? '', { basic });
  });
  afterAll(() => registry?.close());

  registryContract(() => ({ ...registry!, credentials: async () => ({ username: USER, password: new Secret(PASSWORD) }) }));

  if (!basic) return;
  it('asks for a login, and does not take a wrong one', async () => {
    const image = `${registry!.host}/shop/web:2.4.1`;
    const wrong = { username: USER, password: new Secret('planted') };

    await expect(resolveDigest(image)).rejects.toMatchObject({
      trouble: 'unauthorized',
      message: expect.stringContaining('asks for credentials'),
    });
    await expect(resolveDigest(image, { credentials: async () => wrong })).rejects.toMatchObject({ trouble: 'unauthorized', status: 401 });
  });
});
