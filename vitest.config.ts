import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const infrastructure = ['test/infra/**/*.test.ts', 'test/unit/docs/deploying.test.ts'];
const long = '**/*.long.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'all', include: ['test/{unit,contract,handlers}/**/*.test.ts'], exclude: [long, ...infrastructure] },
      },
      // Loading the CDK takes seconds: these share what was loaded.
      { extends: true, test: { name: 'infra', include: infrastructure, exclude: [long], isolate: false } },
    ],
    testTimeout: 20_000,
    // All of them: left to itself, Vitest keeps one back.
    maxWorkers: availableParallelism(),
    coverage: {
      provider: 'v8',
      include: ['bin/**/*.ts', 'functions/**/*.ts', 'infra/**/*.ts', 'lib/**/*.ts', 'sandbox/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      // Just below what the suites reach. They only rise.
      thresholds: { statements: 94.7, branches: 89.6, functions: 95.6, lines: 96 },
    },
  },
});
