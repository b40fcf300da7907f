import { type Clock, systemClock } from '../../lib/platform/clock.ts';
import type { CiFaults } from '../ci/faults.ts';
import { type CiAnswer, type CiRequest, serveCi } from '../ci/http.ts';
import { access, type SandboxUser } from './access.ts';
import { progressiveText } from './console.ts';
import { type Controller, controller } from './controller.ts';
import type { SandboxBuild, SandboxJob } from './jobs.ts';
import { page } from './pages.ts';
import { type LocationStyle, startBuild } from './start-build.ts';
import { buildView, jobView, queueItemView, queueView } from './views.ts';

export interface JenkinsSandboxOptions {
  /** A free port unless told. */
  readonly port?: number;
  /** By full name: `shop/deploy`. */
  readonly jobs: Readonly<Record<string, SandboxJob>>;
  /** @default night, with the token `11` and 32 times `a`, and the password `sandbox-password` */
  readonly users?: readonly SandboxUser[];
  /** Protection against forged requests. @default true */
  readonly csrf?: boolean;
  /** @default absolute */
  readonly location?: LocationStyle;
  /** @default /jenkins */
  readonly contextPath?: string;
  /** Time passes only by it: queue, purge, builds. */
  readonly clock?: Pick<Clock, 'now'>;
}

export interface JenkinsSandbox {
  /** Base URL, context path included. */
  readonly url: string;
  readonly user: SandboxUser;
  readonly faults: CiFaults;
  readonly requests: readonly CiRequest[];
  /** The queue and the builds, past the network. */
  readonly byHand: Controller;
  endSessions(): void;
  close(): Promise<void>;
}

const defaultUser: SandboxUser = { name: 'night', token: `11${'a'.repeat(32)}`, password: 'sandbox-password' };

/** The remote API of a Jenkins controller, as far as pipelines use it, and stricter: parameters in the URL are refused. */
export async function startJenkinsSandbox(options: JenkinsSandboxOptions): Promise<JenkinsSandbox> {
  const { users = [defaultUser], csrf = true, location = 'absolute', contextPath = '/jenkins', clock = systemClock } = options;
  const now = (): number => clock.now();
  const state = controller(new Map(Object.entries(options.jobs)), now);
  const gate = access({ users, csrf });
  let root = '';
  const answer = (request: CiRequest): CiAnswer => {
    if (!request.path.startsWith(contextPath)) return page(404, 'Not Found');
    const path = request.path.slice(contextPath.length);
    const refused = gate.check(request);
    if (refused) return refused;
    if (path === '/crumbIssuer/api/json') return gate.crumb();
    return route({ state, root, location, now: now() }, path, request);
  };
  const server = await serveCi({ port: options.port, now, answer });
  root = server.origin + contextPath;
  const { faults, requests, close } = server;
  return { url: root, user: users[0] ?? defaultUser, faults, requests, byHand: state, endSessions: gate.endSessions, close };
}

interface Routing {
  readonly state: Controller;
  readonly root: string;
  readonly location: LocationStyle;
  readonly now: number;
}

function route(routing: Routing, path: string, request: CiRequest): CiAnswer {
  const { state, root } = routing;
  if (path === '/queue/cancelItem' && request.method === 'POST') {
    const id = Number(new URLSearchParams(request.body.toString()).get('id') ?? request.query.get('id'));
    return state.cancel(id) ? { status: 204 } : page(404, 'Not Found');
  }
  if (path === '/queue/api/json') return queueView(state);
  const item = /^\/queue\/item\/(\d+)\/api\/json$/.exec(path)?.[1];
  if (item !== undefined) return queueItemView(state, Number(item), root);
  const [, job = '', rest = ''] = /^((?:\/job\/[^/]+)+)(\/.*)$/.exec(path) ?? [];
  return job === '' ? page(404, 'Not Found') : jobRoute(routing, { name: nameOf(job), rest }, request);
}

function nameOf(pages: string): string {
  return pages.split('/job/').slice(1).map(decodeURIComponent).join('/');
}

function jobRoute(routing: Routing, { name, rest }: { readonly name: string; readonly rest: string }, request: CiRequest): CiAnswer {
  const { state } = routing;
  const job = state.job(name);
  if (!job || job.permission === 'none') return page(404, 'Not Found');
  if (/^\/build(WithParameters)?$/.test(rest)) {
    return request.method === 'POST' ? startBuild(state, name, request, routing) : page(405, 'This URL requires POST');
  }
  if (rest === '/api/json') return jobView(state, name, job, request);
  const [, number = '', page_ = ''] = /^\/(\d+)(\/.*)$/.exec(rest) ?? [];
  const build = state.builds(name).find((each) => each.number === Number(number));
  return build ? buildRoute(routing, { job, build, rest: page_ }, request) : page(404, 'Not Found');
}

function buildRoute(
  { state, root, now }: Routing,
  { job, build, rest }: { readonly job: SandboxJob; readonly build: SandboxBuild; readonly rest: string },
  request: CiRequest,
): CiAnswer {
  if (rest === '/api/json') return buildView(state, build, root);
  if (rest === '/logText/progressiveText') return progressiveText(request, job, build, now);
  if (rest === '/stop' && request.method === 'POST') {
    state.abort(build);
    return { status: 302, headers: { location: `${root}/` } };
  }
  return page(404, 'Not Found');
}
