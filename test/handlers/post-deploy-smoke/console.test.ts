import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../../lib/platform/report.ts';
import { digestOf, SmokeTestWorld, target } from './smoke-world.ts';

let world: SmokeTestWorld;

beforeAll(async () => {
  world = await SmokeTestWorld.start();
});
beforeEach(() => {
  for (const [name, value] of Object.entries(world.aws.env())) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => world.close());

/** What the function answers, as a report. */
async function reportOf(...call: Parameters<SmokeTestWorld['call']>): Promise<Report> {
  const { answer, error, logged } = await world.call(...call);
  if (error) throw new Error(`${error.message}\n${logged}`);
  return answer as Report;
}

const image = 'registry.example.com/shop/web:2.4.1';
const identity = { check: 'home', successes: 2 };
const asks = { assert: [{ status: 200 }, { header: 'x-version', equals: '{{expected.version}}' }] };

describe('a suite by its name, with a target', () => {
  it('proves the version that answers, records the deploy and keeps the reports', async () => {
    await world.deploy(image);
    const suites = { shop: { app: 'shop', target, suite: world.suite({ identity }, asks) } };
    const report = await reportOf({ suite: 'shop', version: '2.4.1', digest: digestOf(image), runId: 'run-1' }, { suites });

    expect(report).toMatchObject({
      job: 'post-deploy-smoke',
      runId: 'run-1',
      status: 'ok',
      counts: { passed: 1, failed: 0 },
      remaining: 0,
    });
    expect(report.summary).toMatch(/^shop 2\.4\.1 is what answers: rolled out, 2 of 2 pods ready; every pod runs the expected digest/);
    expect(world.records('app#shop')).toMatchObject([
      { sk: expect.stringMatching(/^deploy#dev#\d{4}-/), version: '2.4.1', digest: digestOf(image), verdict: 'ok', runId: 'run-1', target },
    ]);
    expect(world.kept('smoke/run-1')).toEqual(['smoke/run-1.html', 'smoke/run-1.json', 'smoke/run-1.xml']);
    expect(world.kept('reports/run-1')).toEqual(['reports/run-1.json']);
  });

  it('fails when an old version answers, and says what was expected and what came', async () => {
    await world.deploy(image);
    const suites = { shop: { app: 'old', target, suite: world.suite({}, asks) } };
    const report = await reportOf({ suite: 'shop', version: '2.5.0', digest: digestOf(image) }, { suites });

    expect(report.status).toBe('failed');
    expect(report.summary).toMatch(/^old 2\.5\.0 is not proved: check home: header x-version equals .*expected .*2\.5\.0.*got .*2\.4\.1/);
    expect(report.items.find(({ ref }) => ref === 'check home')?.hint).toMatch(/^curl /);
    expect(world.records('app#old')).toMatchObject([{ verdict: 'failed', version: '2.5.0' }]);
  });

  it('fails when the pods run another digest, and asks no server then', async () => {
    await world.deploy(image);
    let asked = 0;
    world.page = () => void asked++;
    const suites = { shop: { target, suite: world.suite() } };
    const report = await reportOf({ suite: 'shop', digest: digestOf('something else') }, { suites });

    expect(report.status).toBe('failed');
    expect(report.summary).toContain(`runs ${digestOf(image)}, and not ${digestOf('something else')}`);
    expect(asked).toBe(0);
    world.page = ({ response }) => response.setHeader('x-version', '2.4.1').end();
  });

  it('fails in seconds for an image that is not there, with the cause in words', async () => {
    await world.deploy('registry.example.com/shop/web:missing-1', 1);
    const report = await reportOf({ target, timeoutSeconds: 2 });

    expect(report.status).toBe('failed');
    expect(report.summary).toMatch(/Deployment shop\/web is not proved: dev\/shop\/Deployment\/web/);
    expect(JSON.stringify(report.items)).toMatch(/ImagePull|ErrImagePull/);
  });
});

describe('a target alone', () => {
  it('is rolled out and looked at, with a warning that no digest is known', async () => {
    await world.deploy(image);
    const report = await reportOf({ target });

    expect(report.status).toBe('degraded');
    expect(report.items).toContainEqual(
      expect.objectContaining({ action: 'warned', reason: expect.stringMatching(/no digest of the release is known/) }),
    );
  });

  it('asks no registry at an address that suites may not speak to', async () => {
    await world.deploy('169.254.169.254/shop/web:2.4.1');

    expect((await reportOf({ target })).items).toContainEqual(
      expect.objectContaining({ action: 'warned', reason: expect.stringMatching(/169\.254\.169\.254 was not asked: .*metadata/) }),
    );
  });

  it('takes the digest of a recorded release', async () => {
    await world.deploy(image);
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    const { releases } = await import('../../../lib/records/releases.ts');
    const { openRecords } = await import('../../../lib/aws/records/open-records.ts');
    const table = releases(await openRecords({ table: 'records', region: 'eu-central-1' }));
    const at = new Date().toISOString();
    const release = { app: 'web', version: '2.4.1', digest: digestOf(image), uri: image, metadata: {}, at };
    await table.add({ ...release, status: 'released' });
    await table.add({ ...release, version: '2.4.2', status: 'quarantined' });

    expect(await reportOf({ target, app: 'web', version: '2.4.1' })).toMatchObject({ status: 'ok' });
    expect(await reportOf({ target, app: 'web', version: '2.4.2' })).toMatchObject({
      status: 'failed',
      summary: expect.stringContaining('web 2.4.2 is quarantined in the records'),
    });
    expect((await reportOf({ target, app: 'web', version: '9.9.9' })).items).toContainEqual(
      expect.objectContaining({ reason: 'no release of web 9.9.9 is recorded' }),
    );
  });

  it('waits in steps for whoever calls again', async () => {
    await world.deploy('registry.example.com/shop/web:unready-1', 1);
    const report = await reportOf({ target, inSteps: true }, { remainingMs: 2_000 });

    expect(report).toMatchObject({ status: 'degraded', remaining: 1 });
    expect(report.summary).toMatch(/is not proved yet/);
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', {}, /names neither a suite nor a target/],
    ['an unknown suite', { suite: 'shp' }, /no suite is called shp/],
    ['an unknown cluster', { target: { ...target, cluster: 'prod' } }, /cluster prod is not configured/],
    ['an unknown field', { suite: 'shop', sweet: 1 }, /sweet/],
    ['a broken inline suite', { suite: { version: 1, checks: [{ name: 'a', http: {} }] } }, /url/],
    [
      'an address that the configuration does not permit',
      { suite: { version: 1, name: 'x', allow: ['169.254.169.254'], checks: [{ name: 'a', http: { url: 'http://169.254.169.254/' } }] } },
      /the configuration does not permit: 169\.254\.169\.254/,
    ],
  ])('is answered and not thrown: %s', async (_, event, message) => {
    const report = await reportOf(event, { suites: { shop: { suite: world.suite() } } });

    expect(report.status).toBe('failed');
    expect(report.summary).toMatch(message);
  });
});

describe('what cannot be asked', () => {
  it('is thrown, so that Lambda tries again', async () => {
    const { error } = await world.call({ suite: 'shop' }, { env: { NIGHTSHIFT_POLICY_PARAMETER: '/nowhere' } });

    expect(error?.message).toMatch(/\/nowhere/);
  });

  it('keeps the proof where only a report or a record cannot be kept', async () => {
    await world.deploy(image);
    const suites = { shop: { app: 'lost', suite: world.suite() } };
    const report = await reportOf(
      { suite: 'shop' },
      { suites, env: { NIGHTSHIFT_STATE_BUCKET: 'gone', NIGHTSHIFT_RECORDS_TABLE: 'gone' } },
    );

    expect(report.status).toBe('degraded');
    expect(report.items.map(({ reason }) => reason).join('\n')).toMatch(/a report was not kept: [\s\S]*the deploy was not recorded: /);
  });
});
