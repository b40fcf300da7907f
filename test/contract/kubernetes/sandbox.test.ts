import { describe } from 'vitest';
import { kubernetesContract } from './kubernetes.contract.ts';
import { startSandboxWorld } from './sandbox-world.ts';

describe('the sandbox', () => {
  kubernetesContract(startSandboxWorld);
});
