import type { CiAnswer, CiRequest } from '../ci/http.ts';
import type { SandboxBuild, SandboxJob } from './jobs.ts';

/** `logText/progressiveText?start=N`: what the build has written by now, from byte N on. */
export function progressiveText(request: CiRequest, job: SandboxJob, build: SandboxBuild, now: number): CiAnswer {
  const parts = (job.console ?? ['Started by user night\n', `Finished: ${build.result}\n`]).map((part) => Buffer.from(part));
  const over = now >= build.endsAt;
  const share = (now - build.startedAt) / (build.endsAt - build.startedAt);
  const written = Buffer.concat(over ? parts : parts.slice(0, Math.floor(share * parts.length)));
  const start = Number(request.query.get('start') ?? 0);
  // Stapler starts over when the log is shorter than asked for.
  const body = written.subarray(start > written.length ? 0 : start);
  const headers = {
    'content-type': 'text/plain;charset=UTF-8',
    'x-text-size': String(written.length),
    ...(!over && { 'x-more-data': 'true' }),
  };
  return { status: 200, headers, body };
}
