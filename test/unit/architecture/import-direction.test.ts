import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const topFolders = ['bin', 'functions', 'lib', 'sandbox', 'bench', 'infra', 'build'];
/** Pure folders: decisions, no I/O; the files named do the I/O of their folder. */
const pureFolders = [
  ...['lib/schedule', 'lib/sleep', 'lib/smoke/addresses'],
  ...[
    'lib/rollout/object',
    'lib/rollout/kstatus',
    'lib/rollout/kubectl',
    'lib/rollout/verdict',
    'lib/rollout/identity',
    'lib/rollout/surroundings',
    'lib/rollout/status',
  ],
];
/** What they share with others, and does no I/O either. */
const pureFiles = new Set(['lib/platform/errors.ts', 'lib/platform/redact.ts', 'lib/kubernetes/fields.ts']);
const edges = new Set([
  'lib/sleep/apply.ts',
  'lib/sleep/cluster-identity.ts',
  'lib/sleep/events.ts',
  'lib/sleep/ledger.ts',
  'lib/sleep/night.ts',
  'lib/sleep/observe.ts',
  'lib/sleep/observe-scale-targets.ts',
  'lib/sleep/restore.ts',
]);
const pureModules = new Set(['node:crypto', 'node:util', 'zod']);
/** Who may use an SDK, client-node's code or an HTTP client. */
const sdkHomes: ReadonlyArray<readonly [RegExp, readonly string[]]> = [
  [/^@aws-sdk\/|^@smithy\//, ['lib/aws', 'lib/kubernetes/eks-token.ts', 'sandbox/aws']],
  [/^@kubernetes\/client-node/, ['lib/kubernetes']],
  [/^axios/, ['lib/notify', 'lib/pipelines/http']],
  [/^@aws-lambda-powertools\//, ['lib/platform']],
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

describe('imports', () => {
  const files = topFolders.flatMap((folder) => sourcesIn(folder));
  const imports = files.flatMap(importsOf);

  it('are found, so that the rules below have something to hold', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });

  it('go from functions, the CLI and the sandbox to lib, never back', () => {
    const back = imports.filter(
      ({ file, target }) => file.startsWith('lib/') && /^(functions|bin|sandbox|infra|bench|build|test)\//.test(target),
    );

    expect(back).toEqual([]);
  });

  it('never reach from the product into tests', () => {
    const reaching = imports.filter(({ file, target }) => !file.startsWith('bench/') && target.startsWith('test/'));

    expect(reaching).toEqual([]);
  });

  it('keep functions apart from the CLI and the sandbox', () => {
    const reaching = imports.filter(({ file, target }) => file.startsWith('functions/') && /^(bin|sandbox|build)\//.test(target));

    expect(reaching).toEqual([]);
  });

  it('let the infrastructure know names and schemas only: of functions their configuration, of lib nothing that acts', () => {
    const allowed =
      /^(infra\/|build\/bundles\.ts$|functions\/[\w-]+\/(config|policy-document)\.ts$|lib\/(configuration|schedule)\/|lib\/sleep\/policy\.ts$|lib\/platform\/(environment-names|metrics-sink|log)\.ts$)/;
    const reaching = imports.filter(
      ({ file, target, typeOnly }) =>
        file.startsWith('infra/') && /^(lib|functions|bin|sandbox|build|bench)\//.test(target) && !typeOnly && !allowed.test(target),
    );

    expect(reaching).toEqual([]);
  });

  it('keep the CDK in the infrastructure', () => {
    const strays = imports.filter(
      ({ file, target }) => /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/.test(target) && !file.startsWith('infra/'),
    );

    expect(strays).toEqual([]);
  });

  it('let pure code depend on nothing that does I/O', () => {
    const impure = imports.filter(({ file, target, typeOnly }) => {
      if (typeOnly || edges.has(file) || !pureFolders.some((folder) => file.startsWith(`${folder}/`))) return false;
      if (target.startsWith('lib/')) return !pureFolders.some((folder) => target.startsWith(`${folder}/`)) && !pureFiles.has(target);
      return !pureModules.has(target);
    });

    expect(impure).toEqual([]);
  });

  it("let manifests be edited without files, network or programs: what is read and written is the caller's", () => {
    const libraries = new Set(['yaml', 'zod', 'lossless-json', 'liquidjs', 'ajv', 'ajv/dist/2020.js']);
    const homes = /^lib\/(manifests\/|configuration\/read-yaml\.ts$|platform\/(errors|schema-problems)\.ts$|schedule\/nearest-word\.ts$)/;
    const impure = imports.filter(
      ({ file, target, typeOnly }) =>
        file.startsWith('lib/manifests/') && !typeOnly && !(target.startsWith('lib/') ? homes.test(target) : libraries.has(target)),
    );

    expect(files.some((file) => file.startsWith('lib/manifests/'))).toBe(true);
    expect(impure).toEqual([]);
  });

  it('keep each SDK behind its adapters', () => {
    const strays = imports.filter(
      ({ file, target, typeOnly }) =>
        !typeOnly &&
        // A benchmark measures our transport beside the SDK's own.
        !file.startsWith('bench/') &&
        sdkHomes.some(([sdk, homes]) => sdk.test(target) && !homes.some((home) => file === home || file.startsWith(`${home}/`))),
    );

    expect(strays).toEqual([]);
  });
});

function sourcesIn(folder: string): string[] {
  const path = join(root, folder);
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statements = [
    ...source.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gms),
    ...source.matchAll(/()\bimport\('([^']+)'\)/g),
  ];
  return statements.map(([, type, name = '']) => ({
    file,
    target: name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name,
    typeOnly: Boolean(type),
  }));
}
