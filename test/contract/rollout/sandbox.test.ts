import { afterAll, beforeAll, describe } from 'vitest';
import { startSandboxWorld } from '../kubernetes/sandbox-world.ts';
import type { World } from '../kubernetes/world.ts';
import { rolloutContract } from './rollouts.contract.ts';

describe('the sandbox', () => {
  let world: World;

  beforeAll(async () => {
    world = await startSandboxWorld();
  });
  afterAll(() => world?.stop());

  rolloutContract(() => world.client());
});
