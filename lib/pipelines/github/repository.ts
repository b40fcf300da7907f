import { BadInputError } from '../../platform/errors.ts';

/** The path of a repository's API, from `OWNER/REPO`. @throws BadInputError for anything else */
export function repositoryPath(repository: string): string {
  const [owner = '', name = '', ...rest] = repository.split('/');
  if (rest.length > 0 || ![owner, name].every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part))) {
    throw new BadInputError(`${JSON.stringify(repository)} cannot be a repository`, { hint: 'name it as OWNER/REPO, as in octo-org/shop' });
  }
  return `/repos/${owner}/${name}`;
}
