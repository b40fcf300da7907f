import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { send } from '../../../../lib/pipelines/http/send.ts';
import { jenkinsClient } from '../../../../lib/pipelines/jenkins/client.ts';
import { findByParameter } from '../../../../lib/pipelines/jenkins/find-by-parameter.ts';
import { triggerJenkins } from '../../../../lib/pipelines/jenkins/trigger.ts';
import { Secret } from '../../../../lib/platform/secret.ts';
import type { CiAnswer } from '../../../../sandbox/ci/http.ts';
import { page } from '../../../../sandbox/jenkins/pages.ts';
import { failure } from '../../../support/failure.ts';
import { steppingClock } from '../../../support/recorders.ts';
import { jenkinsWorld, passwordAuth } from './world.ts';

const trigger = { job: 'shop/deploy', parameters: { VERSION: '1.4.2', DB_PASSWORD: 'planted-p4ss & more=é' } };

describe('triggering a Jenkins job', () => {
  it('returns the queue item, from a folder, with the parameters in the body', async () => {
    const { sandbox, client } = await jenkinsWorld();

    const { handle, merged } = await triggerJenkins(client, trigger);

    expect(handle).toEqual({ v: 1, service: 'jenkins', server: sandbox.url, job: 'shop/deploy', queueId: 123 });
    expect(merged).toBe(false);
    expect(sandbox.byHand.builds('shop/deploy')[0]?.item.parameters).toEqual(trigger.parameters);
    expect(sandbox.requests).toHaveLength(1);
    expect(sandbox.requests[0]).toMatchObject({ method: 'POST', path: '/jenkins/job/shop/job/deploy/buildWithParameters' });
    expect([...sandbox.requests[0]!.query]).toEqual([]);
    expect(sandbox.requests[0]?.body.toString()).toContain('delay=0sec');
  });

  it('sends files and parameters as one multipart body, byte for byte', async () => {
    const jobs = { import: { parameters: [{ name: 'DATA', type: 'file' as const }, { name: 'TABLE' }] } };
    const { sandbox, client } = await jenkinsWorld({ jobs });
    const content = new Uint8Array([0, 255, 13, 10, 45, 45, 0xc3, 0xa9]);

    await triggerJenkins(client, {
      job: 'import',
      parameters: { TABLE: 'orders é' },
      files: [{ name: 'DATA', fileName: 'o"1".csv', content }],
    });

    const [build] = sandbox.byHand.builds('import');
    expect(build?.item.parameters).toEqual({ TABLE: 'orders é' });
    expect([...(build?.item.files.DATA ?? [])]).toEqual([...content]);
  });

  it('takes a 303 for success, says that it joined an item, and does not follow it', async () => {
    const jobs = { 'shop/deploy': { parameters: [{ name: 'VERSION' }], queueMs: Number.POSITIVE_INFINITY } };
    const { sandbox, client } = await jenkinsWorld({ jobs });

    const first = await triggerJenkins(client, trigger);
    const second = await triggerJenkins(client, trigger);
    const other = await triggerJenkins(client, { job: 'shop/deploy', parameters: { VERSION: '1.4.3' } });

    expect([first.merged, second.merged, other.merged]).toEqual([false, true, false]);
    expect(second.handle).toEqual(first.handle);
    expect(other.handle.queueId).toBe(first.handle.queueId + 1);
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
  });

  it.each(['relative', 'other-host', 'absolute'] as const)('takes the id from a Location that is %s', async (location) => {
    const { sandbox, client } = await jenkinsWorld({ location });

    const { handle } = await triggerJenkins(client, trigger);

    expect(handle).toMatchObject({ server: sandbox.url, queueId: 123 });
  });

  it('says so when the answer has no Location, and does not trigger again', async () => {
    const { client, triggers } = await jenkinsWorld({ location: 'missing' });

    expect(await failure(triggerJenkins(client, trigger))).toMatchObject({
      code: 'jenkins_uncertain',
      message: expect.stringContaining('did not say which queue item'),
    });
    expect(triggers()).toBe(1);
  });

  it('uses the page for jobs without parameters when there are none', async () => {
    const { sandbox, client } = await jenkinsWorld({ jobs: { nightly: {} } });

    await triggerJenkins(client, { job: 'nightly' });

    expect(sandbox.requests.map(({ path }) => path)).toEqual(['/jenkins/job/nightly/build']);
    expect(sandbox.byHand.builds('nightly')).toHaveLength(1);
  });

  it('builds a parameterized job with its defaults when no parameter is given', async () => {
    const { sandbox, client } = await jenkinsWorld();

    await triggerJenkins(client, { job: 'shop/deploy' });

    expect(sandbox.byHand.builds('shop/deploy')).toHaveLength(1);
  });

  it.each([400, 500])('says that a job takes no parameters (%d) and starts nothing', async (status) => {
    const { sandbox, client, triggers } = await jenkinsWorld({ jobs: { nightly: {} } });
    if (status === 500)
      sandbox.faults.add({ method: 'POST', answer: page(500, 'java.lang.IllegalStateException: This build is not parameterized!') });

    const error = await failure(triggerJenkins(client, { job: 'nightly', parameters: { VERSION: '1' } }));

    expect(error).toMatchObject({
      code: 'bad_input',
      status,
      message: expect.stringContaining('takes no parameters'),
      hint: expect.stringContaining('leave the parameters out'),
    });
    expect(triggers()).toBe(1);
    expect(sandbox.byHand.builds('nightly')).toEqual([]);
  });

  it.each([
    ['an unknown job', 'gone', 'jenkins_not_found', 'Job/Read'],
    ['a job that the user may not see', 'hidden', 'jenkins_not_found', 'Job/Read'],
    ['a job that the user may only read', 'read', 'jenkins_forbidden', 'give the user Job/Build'],
    ['a disabled job', 'off', 'jenkins_conflict', 'enable the job'],
  ])('tells what to do about %s', async (_, job, code, hint) => {
    const jobs = { hidden: { permission: 'none' as const }, read: { permission: 'read' as const }, off: { buildable: false } };
    const { client, triggers } = await jenkinsWorld({ jobs });

    expect(await failure(triggerJenkins(client, { job }))).toMatchObject({ code, hint: expect.stringContaining(hint) });
    expect(triggers()).toBe(1);
  });

  it('tells of a value that the job refuses, without quoting the page', async () => {
    const { sandbox, client, triggers } = await jenkinsWorld();
    sandbox.faults.add({ method: 'POST', answer: page(400, 'Illegal choice for parameter STAGE: planted-p4ss') });

    const error = await failure(triggerJenkins(client, trigger));

    expect(error).toMatchObject({ code: 'bad_input', message: 'Jenkins did not trigger shop/deploy: it refused a parameter (400)' });
    expect(triggers()).toBe(1);
  });

  it('names who lacks which permission', async () => {
    const { client } = await jenkinsWorld({ jobs: { read: { permission: 'read' } } });

    expect((await failure(triggerJenkins(client, { job: 'read' }))).message).toBe(
      'Jenkins did not trigger read: night lacks the permission Job/Build (403)',
    );
  });

  it('tells a refused token from a missing permission', async () => {
    const { client } = await jenkinsWorld({ auth: () => ({ kind: 'token', user: 'night', token: new Secret('planted-wrong-token') }) });

    const error = await failure(triggerJenkins(client, trigger));

    expect(error).toMatchObject({ code: 'jenkins_unauthorized', hint: expect.stringContaining('API token') });
    expect(inspect(error)).not.toContain('planted');
  });

  it.each([
    [302, 'https://sso.example.com/login?from=x', 'jenkins_unauthorized', 'wants a login'],
    [308, 'https://ci.example.com/jenkins/job/x', 'jenkins_bad_answer', 'redirects to https://ci.example.com'],
    [302, '.', 'jenkins_conflict', 'put nothing into its queue'],
  ])('does not follow a %d to %s', async (status, location, code, message) => {
    const { sandbox, client } = await jenkinsWorld();
    sandbox.faults.add({ method: 'POST', answer: { status, headers: { location } } });

    expect(await failure(triggerJenkins(client, trigger))).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('the crumb of Jenkins', () => {
  const crumbs = '/jenkins/crumbIssuer/api/json';

  it('is not asked for with a token', async () => {
    const { sandbox, client } = await jenkinsWorld();

    await triggerJenkins(client, trigger);

    expect(sandbox.requests.some(({ path }) => path === crumbs)).toBe(false);
  });

  it('goes with a password, in the session that it was issued in, for as many triggers as that lasts', async () => {
    const { sandbox, client } = await jenkinsWorld({ auth: passwordAuth });

    await triggerJenkins(client, trigger);
    await triggerJenkins(client, trigger);

    expect(sandbox.requests.filter(({ path }) => path === crumbs)).toHaveLength(1);
    expect(sandbox.byHand.builds('shop/deploy')).toHaveLength(2);
  });

  it('is not needed where the protection is off', async () => {
    const { sandbox, client } = await jenkinsWorld({ auth: passwordAuth, csrf: false });

    await triggerJenkins(client, trigger);

    expect(sandbox.requests.map(({ path }) => path)[0]).toBe(crumbs);
    expect(sandbox.byHand.builds('shop/deploy')).toHaveLength(1);
  });

  it('is fetched anew when the session has ended', async () => {
    const { sandbox, client } = await jenkinsWorld({ auth: passwordAuth });
    await triggerJenkins(client, trigger);
    sandbox.endSessions();

    await triggerJenkins(client, trigger);

    expect(sandbox.byHand.builds('shop/deploy')).toHaveLength(2);
  });

  it('is fetched for a token that is a password', async () => {
    const { sandbox, client } = await jenkinsWorld({
      auth: ({ user }) => ({ kind: 'token', user: user.name, token: new Secret(user.password ?? '') }),
    });

    await triggerJenkins(client, trigger);

    expect(sandbox.byHand.builds('shop/deploy')).toHaveLength(1);
  });

  it('that is never taken is an error of its own', async () => {
    const { sandbox, client, triggers } = await jenkinsWorld({ auth: passwordAuth });
    sandbox.faults.add({ method: 'POST', times: 9, answer: page(403, 'No valid crumb was included in the request') });

    expect(await failure(triggerJenkins(client, trigger))).toMatchObject({
      code: 'jenkins_crumb',
      hint: expect.stringContaining('API token'),
    });
    expect(triggers()).toBe(2);
  });
});

describe('a trigger whose answer gets lost', () => {
  const lost: readonly (readonly [string, object])[] = [
    ['the connection is cut after the work', { drop: 'after' }],
    ['a proxy answers 502', { answer: page(502, 'Bad Gateway') satisfies CiAnswer }],
    ['a proxy answers 503', { answer: page(503, 'Service Unavailable') satisfies CiAnswer }],
    ['no answer comes', { hang: true }],
  ];

  it.each(lost)('is not sent again when %s', async (_, fault) => {
    const { sandbox, client, triggers } = await jenkinsWorld({ timeoutMs: 300 });
    sandbox.faults.add({ method: 'POST', ...fault });

    expect(await failure(triggerJenkins(client, trigger))).toMatchObject({
      code: 'jenkins_uncertain',
      hint: expect.stringContaining('not sent a second time'),
    });
    expect(triggers()).toBe(1);
  });

  it('is found among the builds by the unique id that it carries', async () => {
    const { sandbox, client, triggers } = await jenkinsWorld();
    sandbox.faults.add({ method: 'POST', drop: 'after' });

    const { handle } = await triggerJenkins(client, { ...trigger, parameters: { ID: 'unique-1' }, correlation: 'ID' });

    expect(handle).toMatchObject({ queueId: 123, build: 1 });
    expect(triggers()).toBe(1);
  });

  it('is found in the queue by it', async () => {
    const jobs = { deploy: { parameters: [{ name: 'ID' }], queueMs: Number.POSITIVE_INFINITY } };
    const { sandbox, client } = await jenkinsWorld({ jobs });
    sandbox.faults.add({ method: 'POST', drop: 'after' });

    const { handle } = await triggerJenkins(client, { job: 'deploy', parameters: { ID: 'unique-1' }, correlation: 'ID' });

    expect(handle).toMatchObject({ queueId: 123 });
    expect(handle.build).toBeUndefined();
  });

  it('that never arrived is not mistaken for another with other ids', async () => {
    const { sandbox, client } = await jenkinsWorld();
    await triggerJenkins(client, { ...trigger, parameters: { ID: 'unique-0' } });
    sandbox.faults.add({ method: 'POST', drop: 'before' });

    const error = await failure(triggerJenkins(client, { ...trigger, parameters: { ID: 'unique-1' }, correlation: 'ID' }));

    expect(error).toMatchObject({ code: 'jenkins_uncertain', message: expect.stringContaining('carries the id that was sent') });
  });

  it('is not looked for without an id', async () => {
    const { sandbox, client } = await jenkinsWorld();

    expect(await findByParameter(client, trigger, {})).toBeUndefined();
    expect(sandbox.requests).toEqual([]);
  });

  it('is sent again when it cannot have arrived, or was turned away', async () => {
    const { sandbox, client, clock, triggers } = await jenkinsWorld();
    sandbox.faults.add({ method: 'POST', answer: { status: 429, headers: { 'retry-after': '7' } } });
    const started = clock.now();

    await triggerJenkins(client, trigger);

    expect(triggers()).toBe(2);
    expect(clock.now() - started).toBe(7_000);
  });

  it('is given up in time to tell of it', async () => {
    const { sandbox, client, triggers } = await jenkinsWorld();
    sandbox.faults.add({ method: 'POST', hang: true });

    const error = await failure(triggerJenkins(client, trigger, { remainingMs: () => 200.5 }));

    expect(error).toMatchObject({ code: 'jenkins_uncertain', message: expect.stringContaining('no answer in 200 ms') });
    expect(triggers()).toBe(1);
  });

  it('fails at once when the server asks for more time than there is', async () => {
    const { sandbox, client, triggers } = await jenkinsWorld();
    sandbox.faults.add({ method: 'POST', answer: { status: 429, headers: { 'retry-after': '60' } } });

    const error = await failure(triggerJenkins(client, trigger, { remainingMs: () => 30_000 }));

    expect(error).toMatchObject({ code: 'jenkins_rate_limited', retryAfterMs: 60_000 });
    expect(triggers()).toBe(1);
  });

  it('to an address where nothing listens is tried four times, and nothing is uncertain', async () => {
    const { sandbox } = await jenkinsWorld();
    await sandbox.close();
    let tries = 0;
    const counted = jenkinsClient({
      url: sandbox.url,
      auth: { kind: 'anonymous' },
      clock: steppingClock(0),
      send: (request) => {
        tries += 1;
        return send(request);
      },
    });

    const error = await failure(
      counted.post({ path: '/job/x/build', body: new URLSearchParams(), expected: [], repeat: 'when-not-sent', what: 'trigger x' }),
    );

    expect(error).toMatchObject({ code: 'jenkins_unreachable', sent: 'no', message: expect.stringContaining('ECONNREFUSED') });
    expect(tries).toBe(4);
  });
});
