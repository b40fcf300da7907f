import type { CiAnswer, CiRequest } from '../ci/http.ts';
import type { Controller } from './controller.ts';
import { page } from './pages.ts';
import { submitted } from './submitted.ts';

/** How the Location of a queue item is written: a proxy may name a host of its own, or pass none on. */
export type LocationStyle = 'absolute' | 'relative' | 'other-host' | 'missing';

export interface StartOptions {
  readonly root: string;
  readonly location: LocationStyle;
}

/** POST to a job's `build` or `buildWithParameters`. */
export function startBuild(controller: Controller, name: string, request: CiRequest, options: StartOptions): CiAnswer {
  const job = controller.job(name);
  if (!job) return page(404, 'Not Found');
  if (job.permission === 'read') {
    return page(403, 'night is missing the Job/Build permission', {
      'x-you-are-authenticated-as': 'night',
      'x-required-permission': 'hudson.model.Item.Build',
    });
  }
  if (job.buildable === false) return page(409, `${name} is not buildable`);
  // Jenkins would take them; whoever reads its access log would, too.
  if ([...request.query.keys()].length > 0) return page(400, 'the stand-in takes parameters in the body only');
  const form = submitted(request);
  if (!form) return page(400, 'unsupported content type');
  if (request.path.endsWith('/buildWithParameters')) {
    if (!job.parameters) return page(400, 'This build is not parameterized!');
  } else if (job.parameters) return page(400, 'Nothing is submitted');
  const declared = new Set((job.parameters ?? []).map((parameter) => parameter.name));
  const { item, merged } = controller.schedule(name, {
    parameters: Object.fromEntries(Object.entries(form.fields).filter(([field]) => declared.has(field))),
    files: Object.fromEntries(Object.entries(form.files).filter(([field]) => declared.has(field))),
  });
  return { status: merged ? 303 : 201, headers: locationHeader(item.id, options) };
}

function locationHeader(id: number, { root, location }: StartOptions): Readonly<Record<string, string>> {
  const path = `/queue/item/${id}/`;
  switch (location) {
    case 'missing':
      return {};
    case 'relative':
      return { location: new URL(root).pathname.replace(/\/$/, '') + path };
    case 'other-host':
      return { location: `http://jenkins.internal:8080/ci${path}` };
    default:
      return { location: root + path };
  }
}
