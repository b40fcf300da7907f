import { onTestFinished } from 'vitest';
import type { JenkinsAuth } from '../../../../lib/pipelines/jenkins/auth.ts';
import { type JenkinsClient, jenkinsClient } from '../../../../lib/pipelines/jenkins/client.ts';
import { Secret } from '../../../../lib/platform/secret.ts';
import { type JenkinsSandbox, type JenkinsSandboxOptions, startJenkinsSandbox } from '../../../../sandbox/jenkins/server.ts';
import { steppingClock } from '../../../support/recorders.ts';

export const START = Date.parse('2026-03-30T12:00:00Z');

export interface JenkinsWorld {
  readonly sandbox: JenkinsSandbox;
  readonly client: JenkinsClient;
  readonly clock: ReturnType<typeof steppingClock>;
  /** Requests to the pages for starting a build. */
  triggers(): number;
}

export interface JenkinsWorldOptions extends Partial<JenkinsSandboxOptions> {
  readonly auth?: (sandbox: JenkinsSandbox) => JenkinsAuth;
  readonly timeoutMs?: number;
}

export function tokenAuth({ user }: JenkinsSandbox): JenkinsAuth {
  return { kind: 'token', user: user.name, token: new Secret(user.token) };
}

export function passwordAuth({ user }: JenkinsSandbox): JenkinsAuth {
  return { kind: 'password', user: user.name, password: new Secret(user.password ?? '') };
}

/** A controller with one job, `shop/deploy`, unless told, whose clock is the client's: both move when the client sleeps. */
export async function jenkinsWorld(options: JenkinsWorldOptions = {}): Promise<JenkinsWorld> {
  const clock = steppingClock(START);
  const jobs = { 'shop/deploy': { parameters: [{ name: 'VERSION' }, { name: 'DB_PASSWORD' }, { name: 'ID' }] } };
  const sandbox = await startJenkinsSandbox({ jobs, clock, ...options });
  onTestFinished(() => sandbox.close());
  const auth = (options.auth ?? tokenAuth)(sandbox);
  const client = jenkinsClient({
    url: sandbox.url,
    auth,
    clock,
    random: () => 0,
    ...(options.timeoutMs && { timeoutMs: options.timeoutMs }),
  });
  const triggers = (): number =>
    sandbox.requests.filter(({ method, path }) => method === 'POST' && /\/build(WithParameters)?$/.test(path)).length;
  return { sandbox, client, clock, triggers };
}
