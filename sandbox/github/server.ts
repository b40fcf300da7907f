import { type Clock, systemClock } from '../../lib/platform/clock.ts';
import type { CiFaults } from '../ci/faults.ts';
import { type CiAnswer, type CiRequest, serveCi } from '../ci/http.ts';
import { refusal } from './answers.ts';
import { type GithubVersion, repositoryDispatch, workflowDispatch } from './dispatches.ts';
import { type Repository, repository, type SandboxRepository } from './repository.ts';
import { listRuns, runRoute } from './runs.ts';
import { commitStatus, deployment, deploymentStatus } from './statuses.ts';

export interface GithubSandboxOptions {
  /** A free port unless told. */
  readonly port?: number;
  /** By `owner/name`. */
  readonly repositories: Readonly<Record<string, SandboxRepository>>;
  /** @default ghp_ and 36 times `a` */
  readonly token?: string;
  /** A token that may read and not write. */
  readonly readToken?: string;
  /** @default cloud */
  readonly version?: GithubVersion;
  readonly clock?: Pick<Clock, 'now'>;
}

export interface GithubSandbox {
  /** Base URL of the API; that of an Enterprise Server ends in `/api/v3`. */
  readonly url: string;
  readonly token: string;
  readonly faults: CiFaults;
  readonly requests: readonly CiRequest[];
  /** A repository past the network. */
  byHand(name: string): Repository;
  close(): Promise<void>;
}

/** GitHub's REST API, as far as pipelines use it. */
export async function startGithubSandbox(options: GithubSandboxOptions): Promise<GithubSandbox> {
  const { token = `ghp_${'a'.repeat(36)}`, readToken, version = 'cloud', clock = systemClock } = options;
  const base = version === 'cloud' ? '' : '/api/v3';
  const now = (): number => clock.now();
  const repositories = new Map<string, Repository>();
  const answer = (request: CiRequest): CiAnswer => {
    if ((request.headers['user-agent'] ?? '') === '')
      return refusal(403, 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.');
    const bearer = /^(?:Bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== token && (readToken === undefined || bearer !== readToken)) return refusal(401, 'Bad credentials');
    if (version !== 'cloud' && (request.headers['x-github-api-version'] ?? '2022-11-28') !== '2022-11-28') {
      return refusal(400, 'The API version is not supported.');
    }
    const [, name = '', rest = ''] = new RegExp(`^${base}/repos/([^/]+/[^/]+)(/.*)$`).exec(request.path) ?? [];
    const found = repositories.get(name);
    if (!found) return refusal(404, 'Not Found');
    if (request.method === 'POST' && bearer !== token) return forbidden();
    return route(found, rest, request, version);
  };
  const server = await serveCi({ port: options.port, now, answer });
  for (const [name, given] of Object.entries(options.repositories)) {
    repositories.set(name, repository(given, { api: `${server.origin}${base}/repos/${name}`, html: `${server.origin}/${name}` }, now));
  }
  return {
    url: server.origin + base,
    token,
    faults: server.faults,
    requests: server.requests,
    byHand(name) {
      const found = repositories.get(name);
      if (!found) throw new Error(`the sandbox has no repository ${name}`);
      return found;
    },
    close: server.close,
  };
}

function forbidden(): CiAnswer {
  const answer = refusal(403, 'Resource not accessible by personal access token');
  return { ...answer, headers: { ...answer.headers, 'x-accepted-github-permissions': 'actions=write' } };
}

function route(found: Repository, rest: string, request: CiRequest, version: GithubVersion): CiAnswer {
  const [, file, list] = /^\/actions\/workflows\/([^/]+)\/(dispatches|runs)$/.exec(rest) ?? [];
  if (file !== undefined && list === 'runs') return listRuns(found, decodeURIComponent(file), request.query);
  const [, run, page = ''] = /^\/actions\/runs\/(\d+)(\/\w+)?$/.exec(rest) ?? [];
  if (run !== undefined) return runRoute(found, Number(run), page, request.method);
  const body = request.method === 'POST' ? fieldsOf(request) : undefined;
  if (body === undefined) return refusal(404, 'Not Found');
  if (body === 'unreadable') return refusal(400, 'Problems parsing JSON');
  return file === undefined ? changeRoute(found, rest, body) : workflowDispatch(found, decodeURIComponent(file), body, version);
}

function changeRoute(found: Repository, rest: string, body: Readonly<Record<string, unknown>>): CiAnswer {
  if (rest === '/dispatches') return repositoryDispatch(found, body);
  if (rest === '/deployments') return deployment(found, body);
  const sha = /^\/statuses\/([^/]+)$/.exec(rest)?.[1];
  if (sha !== undefined) return commitStatus(found, sha, body);
  const id = /^\/deployments\/(\d+)\/statuses$/.exec(rest)?.[1];
  return id === undefined ? refusal(404, 'Not Found') : deploymentStatus(found, Number(id), body);
}

function fieldsOf(request: CiRequest): Readonly<Record<string, unknown>> | 'unreadable' {
  try {
    const value: unknown = JSON.parse(request.body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : 'unreadable';
  } catch {
    return 'unreadable';
  }
}
