import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,handlers,infra}/**/*.test.ts'],
    exclude: ['**/*.long.test.ts'],
    // All of them: left to itself, Vitest keeps one back.
    maxWorkers: availableParallelism(),
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['bin/**/*.ts', 'functions/**/*.ts', 'infra/**/*.ts', 'lib/**/*.ts', 'sandbox/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      // Just below what the suites reach. They only rise.
      thresholds: { statements: 93, branches: 86, functions: 93, lines: 94 },
    },
  },
});
