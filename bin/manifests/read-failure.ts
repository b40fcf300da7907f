import { BadInputError, messageOf } from '../../lib/platform/errors.ts';

/** The error for a path that cannot be read, in words; what is ours already stays as it is. */
export function readFailure(path: string, error: unknown): BadInputError {
  if (error instanceof BadInputError) return error;
  return new BadInputError(`${path} cannot be read: ${reasonOf(error)}`, { cause: error, hint: 'check the path and its permissions' });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is not a directory',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? messageOf(error);
}
