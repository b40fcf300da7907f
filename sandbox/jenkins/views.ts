import type { CiAnswer, CiRequest } from '../ci/http.ts';
import type { Controller } from './controller.ts';
import type { QueueItem, SandboxBuild, SandboxJob } from './jobs.ts';
import { json, page } from './pages.ts';

/** The path of a job's pages below the root: `/job/shop/job/deploy`. */
export function jobPages(name: string): string {
  return name
    .split('/')
    .map((part) => `/job/${encodeURIComponent(part)}`)
    .join('');
}

export function queueItemView(controller: Controller, id: number, root: string): CiAnswer {
  const item = controller.item(id);
  if (!item) return page(404, 'Not Found');
  const job = controller.job(item.job);
  const waits = item.build === undefined && !item.cancelled;
  return json({
    id,
    task: { name: item.job, url: `${root}${jobPages(item.job)}/` },
    actions: actionsOf(item),
    blocked: false,
    buildable: waits,
    stuck: waits && (job?.stuck ?? false),
    why: waits ? (job?.why ?? 'Waiting for next available executor') : null,
    ...(item.cancelled && { cancelled: true }),
    ...(item.build !== undefined && {
      cancelled: false,
      executable: { number: item.build, url: `${root}${jobPages(item.job)}/${item.build}/` },
    }),
  });
}

export function queueView(controller: Controller): CiAnswer {
  return json({ items: controller.waiting().map((item) => ({ id: item.id, actions: actionsOf(item) })) });
}

/** Answers to `tree`, as far as our clients ask: lists with a range, and what a job declares. */
export function jobView(controller: Controller, name: string, job: SandboxJob, request: CiRequest): CiAnswer {
  const tree = request.query.get('tree') ?? '';
  const [, list, from, to] = /^(builds|allBuilds)\[.*\]\{(\d+),(\d+)\}$/.exec(tree) ?? [];
  if (list !== undefined) {
    const builds = controller.builds(name);
    // `builds` never shows more than a hundred.
    const shown = (list === 'builds' ? builds.slice(0, 100) : builds).slice(Number(from), Number(to));
    return json({ [list]: shown.map((build) => ({ ...buildFields(controller, build), actions: actionsOf(build.item) })) });
  }
  const definitions = job.parameters?.map((parameter) => ({ name: parameter.name }));
  return json({
    fullName: name,
    buildable: job.buildable ?? true,
    property: definitions ? [{}, { parameterDefinitions: definitions }] : [{}],
  });
}

export function buildView(controller: Controller, build: SandboxBuild, root: string): CiAnswer {
  return json({ ...buildFields(controller, build), url: `${root}${jobPages(build.job)}/${build.number}/` });
}

function buildFields(controller: Controller, build: SandboxBuild): Readonly<Record<string, unknown>> {
  const building = controller.isBuilding(build);
  return {
    number: build.number,
    queueId: build.item.id,
    building,
    result: building ? null : build.result,
    duration: building ? 0 : build.endsAt - build.startedAt,
  };
}

/** Values of password parameters are never shown. */
function actionsOf(item: QueueItem): readonly unknown[] {
  const parameters = Object.entries(item.parameters).map(([name, value]) => (/password/i.test(name) ? { name } : { name, value }));
  return [{}, { parameters }, null];
}
