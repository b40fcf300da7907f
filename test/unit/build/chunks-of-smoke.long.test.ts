import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltBundle, buildFunction } from '../../../build/bundles.ts';
import { POLICY_VARIABLE } from '../../../lib/connect/environment-names.ts';
import { bundledSources } from '../../support/bundled-sources.ts';
import { type HandlerRun, runHandler } from '../../support/handler-process.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';

/** What not every run needs, by the beginning of its sources' paths. */
const late = {
  'the language of suites': 'lib/smoke/suite/schema.ts',
  'the import from CloudWatch': 'lib/smoke/suite/blueprint/',
  JSONPath: 'node_modules/json-p3/',
  XPath: 'node_modules/xpath/',
  'the verdict over rollouts': 'lib/rollout/verdict/',
  'the way to clusters': 'lib/kubernetes/transport.ts',
  reports: 'lib/smoke/report/html',
  records: 'lib/records/',
  'results for pipelines': 'lib/pipelines/results/',
  'AWS clients': 'node_modules/@aws-sdk/client-',
  yaml: 'node_modules/yaml/',
} as const;

let root: string;
let bundle: BuiltBundle;
let server: HttpReceiver;
let runs = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chunks-'));
  bundle = await buildFunction('post-deploy-smoke', join(root, 'function'));
  server = await httpReceiver((response) => response.setHeader('content-type', 'application/json').end('{"version":"2.4.1"}'));
});
afterAll(() => Promise.all([rm(root, { recursive: true }), server.close()]));

function run(event: unknown): Promise<HandlerRun> {
  const env = { [POLICY_VARIABLE]: JSON.stringify({ version: 1, allow: ['127.0.0.1'] }) };
  return runHandler({ entry: bundle.entry, folder: bundle.folder, record: join(root, `opened-${runs++}`), env, event });
}

async function lateIn(files: readonly string[]): Promise<readonly string[]> {
  const sources = (await Promise.all(files.map(bundledSources))).flat();
  return Object.keys(late).filter((name) => sources.some((source) => source.startsWith(late[name as keyof typeof late])));
}

/** A suite with one check of the server's answer. */
function suiteWith(...assert: readonly object[]): object {
  return { version: 1, allow: ['127.0.0.1'], checks: [{ name: 'version', http: { url: `${server.url}/version` }, assert }] };
}

describe('the files that a run of post-deploy-smoke opens', () => {
  it('are one at the start, with none of what not every run needs', async () => {
    expect(await lateIn([bundle.entry])).toEqual([]);
  });

  it('hold the language of suites and nothing else for a suite of plain checks', async () => {
    const { logged, opened, thrown } = await run({ suite: suiteWith({ status: 200 }) });

    expect(thrown).toBeUndefined();
    expect(logged).toContainEqual(expect.objectContaining({ report: expect.objectContaining({ status: 'ok' }) }));
    expect(await lateIn(opened)).toEqual(['the language of suites']);
  });

  it('hold the engine of the paths that the suite has', async () => {
    const { opened, thrown } = await run({ suite: suiteWith({ jsonPath: '$.version', equals: '2.4.1' }) });

    expect(thrown).toBeUndefined();
    expect(await lateIn(opened)).toEqual(['the language of suites', 'JSONPath']);
  });

  it('hold nothing more than the start for an event that says nothing', async () => {
    const { opened } = await run({});

    expect(await lateIn(opened)).toEqual([]);
  });
});
