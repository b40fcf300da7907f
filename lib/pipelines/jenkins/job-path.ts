import { BadInputError } from '../../platform/errors.ts';

/**
 * The path of a job's pages: `shop/deploy` is `/job/shop/job/deploy`. The form of the address bar, `job/shop/job/deploy`, is taken too.
 * A branch of a multibranch project is named as Jenkins names it, with its slashes as `%2F`.
 * @throws BadInputError when the name has an empty part or would leave the job's own pages
 */
export function jobPath(job: string): string {
  const parts = job.replace(/^\/+|\/+$/g, '').split('/');
  const asInUrl = parts.length % 2 === 0 && parts.every((part, index) => index % 2 === 1 || part === 'job');
  const names = asInUrl ? parts.filter((_, index) => index % 2 === 1).map(decoded) : parts;
  if (names.some((name) => name.trim() === '' || name === '.' || name === '..')) {
    throw new BadInputError(`${JSON.stringify(job)} cannot be a job: a part of its name is empty or made of dots`, {
      hint: 'name it as Jenkins shows it, folders first, as in shop/deploy',
    });
  }
  return names.map((name) => `/job/${encodeURIComponent(name)}`).join('');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
