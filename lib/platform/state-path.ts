/**
 * Keys of the state store as paths of a directory, both ways and without loss.
 *
 * - Anything but letters, digits, `_`, `-` and `.` is percent-encoded, and so is a leading dot: no key can leave the directory, be hidden, or meet our temporary files.
 * - Directory names never hold a dot (`%2E`), file names always do (`a` becomes `a.%`): the document `a` and the document `a/b` can both exist, as on S3.
 * - A part longer than a file name may be is continued in the next path element after `%~`.
 * - Later generations of a document stand beside the first: `plan.json`, `plan.json%v2`, `plan.json%v3`.
 *
 * On a file system that ignores case, keys that differ only in case are one document.
 */

/** File names end at 255 bytes on the file systems in use; room is left for the generation. */
const LONGEST_NAME = 200;
const CONTINUED = '%~';
const NO_DOT = '.%';
const fileName = /^(?<base>(?!\.).*?)(?:%v(?<generation>[1-9][0-9]{0,14}))?$/s;

const percent = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

function encodePart(part: string, keepDots: boolean): string {
  return part.replace(/[^A-Za-z0-9_-]/gu, (character, index: number) =>
    character === '.' && keepDots && index > 0 ? '.' : [...Buffer.from(character)].map(percent).join(''),
  );
}

function split(part: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < part.length; start += LONGEST_NAME) pieces.push(part.slice(start, start + LONGEST_NAME));
  return pieces.map((piece, index) => (index < pieces.length - 1 ? `${piece}${CONTINUED}` : piece));
}

function encodeFile(part: string): string[] {
  const plain = encodePart(part, true);
  if (plain.length <= LONGEST_NAME && plain.includes('.')) return [plain];
  const pieces = split(encodePart(part, false));
  return [...pieces.slice(0, -1), `${pieces.at(-1) ?? ''}${NO_DOT}`];
}

/** Path elements of a valid key's directory, and the name of its first generation. */
export function pathOfKey(key: string): { readonly directories: readonly string[]; readonly file: string } {
  const parts = key.split('/');
  const file = encodeFile(parts.pop() ?? '');
  const directories = parts.flatMap((part) => split(encodePart(part, false)));
  return { directories: [...directories, ...file.slice(0, -1)], file: file.at(-1) ?? '' };
}

/** @param generation counts from 1. */
export function fileOfGeneration(file: string, generation: number): string {
  return generation === 1 ? file : `${file}%v${generation}`;
}

/** What a directory entry is a generation of; `undefined` for files that are not documents of the store. */
export function parseFileName(name: string): { readonly file: string; readonly generation: number } | undefined {
  const groups = fileName.exec(name)?.groups;
  const file = groups?.base;
  if (!file?.includes('.')) return undefined;
  return { file, generation: Number(groups?.generation ?? 1) };
}

/** The key behind path elements, or `undefined` when they are not of our making. */
export function keyOfPath(directories: readonly string[], file: string): string | undefined {
  const last = file.endsWith(NO_DOT) ? file.slice(0, -NO_DOT.length) : file;
  const joined = [...directories, last]
    .map((element) => (element.endsWith(CONTINUED) ? element.slice(0, -CONTINUED.length) : `${element}/`))
    .join('');
  try {
    return decodeURIComponent(joined.slice(0, -1));
  } catch {
    return undefined;
  }
}
