import { BadPatchError } from './patch-error.ts';

/** The steps of an RFC 6901 pointer, unescaped; none for ''. @throws BadPatchError */
export function parsePointer(text: string): string[] {
  if (text === '') return [];
  if (!text.startsWith('/')) throw new BadPatchError(`${JSON.stringify(text)} is not a JSON pointer: it does not start with a slash`);
  if (/~(?![01])/.test(text)) throw new BadPatchError(`${JSON.stringify(text)} is not a JSON pointer: ~ is written as ~0`);
  return text
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function pointerText(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
