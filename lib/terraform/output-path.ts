import { BadInputError } from '../platform/errors.ts';

/** Keys of objects and maps, or indexes of lists. */
export type PathPart = string | number;

const PART = /(?:^|\.)([^.[\]"\s]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/**
 * `vpc.subnets[2]`, `tags["a.b"]`: the parts of a path below the outputs.
 * @throws BadInputError for what is no path
 */
export function parsePath(path: string): readonly PathPart[] {
  const parts: PathPart[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < path.length) {
    const match = PART.exec(path);
    if (!match) throw noPath(path);
    const [, key, index, quoted] = match;
    if (index !== undefined) parts.push(Number(index));
    else parts.push(key ?? keyOf(quoted ?? '', path));
  }
  if (typeof parts[0] !== 'string') throw noPath(path);
  return parts;
}

/** A path as it is written, below `outputs`. */
export function pathText(parts: readonly PathPart[], root = 'outputs'): string {
  return parts.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(part)) return text === '' ? part : `${text}.${part}`;
    return `${text}[${JSON.stringify(part)}]`;
  }, root);
}

function keyOf(quoted: string, path: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw noPath(path);
  }
}

function noPath(path: string): BadInputError {
  return new BadInputError(`${JSON.stringify(path)} is no path to an output`, {
    hint: 'write the name of an output and what is below it, as in vpc.subnets[2] or tags["a.b"]',
  });
}
