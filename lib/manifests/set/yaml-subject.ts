import { type Document, isMap, isNode, isScalar, isSeq, visit } from 'yaml';
import { isValue, type Judge, readsAlike, sameMarks, startsAlike } from './prove.ts';
import { nodeAt, plainValue, type Readings, readBoth, VERSIONS } from './read.ts';
import { type Splice, spliced } from './splice.ts';
import type { Claim, Subject } from './subject.ts';
import type { Window } from './window.ts';

/** `---` or `...` in the first column. */
const MARKER = /\n(?:---|\.\.\.)/;

/** The node at the end of a window's way, read in both versions of YAML; undefined when the window does not read without errors. */
export function yamlSubject(text: string, window: Window): Subject | undefined {
  const part = text.slice(window.start, window.end);
  const before = readBoth(part);
  const document = before?.['1.2'][window.document];
  if (!before || !document) return undefined;
  const nodeOf = (readings: Readings, version: '1.2' | '1.1'): unknown =>
    nodeAt(readings[version][window.document]?.contents, window.steps);
  return {
    value: plainValue(nodeOf(before, '1.2'), document),
    is: (asked) =>
      VERSIONS.every((version) => isValue(nodeOf(before, version), asked.value, document)) && !hasDoubtfulNumber(nodeOf(before, '1.2')),
    proves(splice, claim) {
      const { start } = window;
      const now = spliced(part, { ...splice, start: splice.start - start, end: splice.end - start });
      if (reachesOut(splice, part, now)) return false;
      const after = readBoth(now);
      return after !== undefined && readsAlike(before, after, window, judgeOf(claim));
    },
  };
}

/** The parser takes `1e3` for a number in YAML 1.1 too, whose own readers want a point and a sign, as in `1.0e+3`, and see a text. */
const DOUBTFUL = /^[-+]?(?![-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)[eE][-+][0-9]+$)[0-9.]+[eE][-+]?[0-9]+$/;

function hasDoubtfulNumber(node: unknown): boolean {
  let found = false;
  if (!isNode(node)) return false;
  visit(node, {
    Scalar: (_key, { type, tag, source }) => {
      found ||= type === 'PLAIN' && tag === undefined && DOUBTFUL.test(source ?? '');
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

/** What a part of a document does not show: that the document ends in it, or that its last line goes on with what follows. */
function reachesOut({ text }: Splice, before: string, now: string): boolean {
  return MARKER.test(text) || (before.endsWith('\n') && !now.endsWith('\n'));
}

function judgeOf(claim: Claim): Judge {
  if (claim.kind === 'value') return (a, b, document) => sameMarks(a, b) && isValue(b, claim.asked.value, document);
  return (a, b, document) => sameMarks(a, b) && hasOneMore(a, b, document, claim);
}

function hasOneMore(a: unknown, b: unknown, document: Document, { key, value }: Extract<Claim, { kind: 'entry' }>): boolean {
  if (key === undefined) return isSeq(b) && startsAlike(a, b) && isValue(b.items.at(-1), value, document);
  const last = isMap(b) && startsAlike(a, b) ? b.items.at(-1) : undefined;
  return last !== undefined && isScalar(last.key) && last.key.value === key && isValue(last.value, value, document);
}
