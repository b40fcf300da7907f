import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGithubSandbox } from '../../../../sandbox/github/server.ts';
import { startJenkinsSandbox } from '../../../../sandbox/jenkins/server.ts';

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Without a client's own headers. */
function ask(
  url: string,
  { method = 'POST', headers = {}, body = '' }: Asked = {},
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += String(chunk)));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('the stand-in of Jenkins refuses', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  async function jenkins(): Promise<{
    readonly url: string;
    readonly token: Record<string, string>;
    readonly password: Record<string, string>;
  }> {
    const jobs = { deploy: { parameters: [{ name: 'A' }] }, plain: {} };
    const { url, user, close } = await startJenkinsSandbox({ jobs });
    onTestFinished(close);
    const basic = (secret = ''): Record<string, string> => ({
      authorization: `Basic ${Buffer.from(`${user.name}:${secret}`).toString('base64')}`,
    });
    return { url, token: basic(user.token), password: basic(user.password) };
  }

  it.each([
    ['parameters in the URL', '/job/deploy/buildWithParameters?A=1', {}, '', 400, 'in the body only'],
    ['parameters for a job without any', '/job/plain/buildWithParameters', form, 'A=1', 400, 'not parameterized'],
    ['the page for jobs without parameters for one with some', '/job/deploy/build', {}, '', 400, 'Nothing is submitted'],
    ['a body that is no form', '/job/deploy/buildWithParameters', { 'content-type': 'application/json' }, '{}', 400, 'content type'],
    ['a path outside of its context', '/../job/deploy/build', {}, '', 404, ''],
    ['a page that it does not have', '/job/plain/config.xml', {}, '', 404, ''],
    ['a build that there is not', '/job/plain/7/stop', {}, '', 404, ''],
    ['an item that there is not', '/queue/cancelItem', form, 'id=9', 404, ''],
  ])('%s', async (_, path, headers, body, status, words) => {
    const { url, token } = await jenkins();

    const answer = await ask(url + path, { headers: { ...token, ...headers }, body });

    expect(answer).toEqual({ status, body: expect.stringContaining(words) });
  });

  it('who is unknown, a password without a crumb, a crumb without its session, and a GET', async () => {
    const { url, token, password } = await jenkins();
    const build = `${url}/job/plain/build`;
    const { crumb } = JSON.parse((await ask(`${url}/crumbIssuer/api/json`, { method: 'GET', headers: password })).body) as {
      crumb: string;
    };

    const answers = await Promise.all([
      ask(build),
      ask(build, { headers: password }),
      ask(build, { headers: { ...password, 'jenkins-crumb': crumb } }),
      ask(build, { headers: { ...password, 'jenkins-crumb': crumb, cookie: 'JSESSIONID.sandbox=another; ROUTE=one' } }),
      ask(build, { method: 'GET', headers: token }),
      ask(build, { headers: token }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([401, 403, 403, 403, 405, 201]);
  });
});

describe('the stand-in of GitHub refuses', () => {
  it.each([
    ['requests without a User-Agent', { 'user-agent': '' }, '{}', 403],
    ['an unknown token', { authorization: 'Bearer x' }, '{}', 401],
    ['no token', { authorization: '' }, '{}', 401],
    ['a later version of the API on an older server', { 'x-github-api-version': '2026-03-10' }, '{}', 400],
    ['what is no JSON', {}, '{', 400],
    ['a list', {}, '[]', 400],
    ['a dispatch without a ref', {}, '{}', 422],
    ['unknown fields', {}, '{"ref":"main","bogus":1}', 400],
    ['inputs that are no texts', {}, '{"ref":"main","inputs":{"a":1}}', 422],
  ])('%s', async (_, headers, body, status) => {
    const sandbox = await startGithubSandbox({ version: 'ghes-3.20', repositories: { 'o/r': { workflows: { 'w.yml': {} } } } });
    onTestFinished(sandbox.close);
    const all = { authorization: `Bearer ${sandbox.token}`, 'user-agent': 'test', ...headers };

    expect(await ask(`${sandbox.url}/repos/o/r/actions/workflows/w.yml/dispatches`, { headers: all, body })).toMatchObject({ status });
  });

  it.each([
    ['/statuses/abc', '{"state":"success"}', 422],
    [`/statuses/${'c'.repeat(40)}`, '{"state":"fine"}', 422],
    [`/statuses/${'c'.repeat(40)}`, JSON.stringify({ state: 'success', description: 'd'.repeat(141) }), 422],
    ['/deployments', '{"ref":"main"}', 422],
    ['/deployments', '{"ref":"gone","environment":"prod"}', 422],
    ['/deployments', '{"ref":"main","environment":"prod"}', 202],
    ['/deployments/9/statuses', '{"state":"success"}', 404],
    ['/dispatches', '{}', 422],
    ['/dispatches', JSON.stringify({ event_type: 'x', client_payload: { text: 'x'.repeat(65_536) } }), 422],
    ['/nothing', '{}', 404],
    ['/actions/runs/9/cancel', '{}', 404],
  ])('what GitHub would: %s %s', async (path, body, status) => {
    const sandbox = await startGithubSandbox({ repositories: { 'o/r': {} } });
    onTestFinished(sandbox.close);
    const headers = { authorization: `Bearer ${sandbox.token}`, 'user-agent': 'test' };

    expect(await ask(`${sandbox.url}/repos/o/r${path}`, { headers, body })).toMatchObject({ status });
  });
});
