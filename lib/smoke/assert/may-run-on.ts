import type { Source } from '../suite/assertion.ts';

/** Names and indexes alone: as many steps as are written, whatever the document is. */
const STRAIGHT_PATH = /^\$(?:\.[A-Za-z_]\w*|\[(?:-?\d{1,9}|'[^'\\]*'|"[^"\\]*")\])*$/;

/** Whether an answer, or the suite's author, can make it endless to look at this, so that it has to be watched; watching costs most of a millisecond. */
export function mayRunOn(source: Source): boolean {
  switch (source.kind) {
    case 'jsonPath':
      return !STRAIGHT_PATH.test(source.path);
    case 'xpath':
    case 'regex':
      return true;
    default:
      return false;
  }
}
