import { BadInputError, RefusedError } from '../../platform/errors.ts';
import { parsed } from '../set/json-subject.ts';
import { setValues } from '../set/set-values.ts';
import { type Splice, spliced } from '../set/splice.ts';
import { anchorsOf } from '../tree/anchors.ts';
import { ScanFailure } from '../tree/cursor.ts';
import { scanYaml } from '../tree/scan.ts';
import type { Change, Steps } from './changes.ts';
import { exactEdit } from './exact-edits.ts';
import { insertionOf, type Scene } from './insert-entry.ts';
import { meansThat } from './means-that.ts';
import type { Original } from './original.ts';
import { removalOf } from './remove-entry.ts';

export interface ChangeTarget {
  /** From 0. */
  readonly doc: number;
  readonly json: boolean;
}

/** Characters that are read for one patch: the text is read again for every entry that comes or goes. */
const MOST_READ = 30_000_000;

/**
 * The text with the changes made, every other byte as it was; undefined where that cannot be done.
 * @throws RefusedError when a value that is there cannot be replaced safely: printing it anew would be no safer
 */
export function exactText(text: string, changes: readonly Change[], target: ChangeTarget): string | undefined {
  const root = scanYaml(text)[target.doc]?.root;
  const runs = runsOf(changes);
  const moving = runs.filter(({ edits }) => !edits);
  if (!root || moving.length * text.length > MOST_READ) return undefined;
  const original = { text, root };
  if (moving.length === 0) return withRuns(original, runs, target);
  try {
    const after = withRuns(original, runs, target);
    return after !== undefined && isProved(after, original, changes, target) ? after : undefined;
  } catch (error) {
    // Something that was moved cannot stand where it is now.
    if (error instanceof ScanFailure || error instanceof BadInputError) return undefined;
    throw error;
  }
}

function withRuns(original: Original, runs: readonly Run[], target: ChangeTarget): string | undefined {
  return runs.reduce<string | undefined>((text, run) => (text === undefined ? text : withRun(text, run, original, target)), original.text);
}

/** Changes for the writer of `manifest set`, or one for us. */
type Run = { readonly edits: true; readonly changes: readonly Change[] } | { readonly edits: false; readonly change: Change };

function runsOf(changes: readonly Change[]): readonly Run[] {
  const runs: Run[] = [];
  for (const change of additionsFirst(changes)) {
    const last = runs.at(-1);
    if (!exactEdit(change)) runs.push({ edits: false, change });
    else if (last?.edits) runs.splice(-1, 1, { edits: true, changes: [...last.changes, change] });
    else runs.push({ edits: true, changes: [change] });
  }
  return runs;
}

/** A map gets its new keys before it loses others, so that it is never empty in between. */
function additionsFirst(changes: readonly Change[]): readonly Change[] {
  const ordered = [...changes];
  for (const change of changes.filter(({ kind, path }) => kind === 'remove' && typeof path.at(-1) === 'string')) {
    const at = ordered.indexOf(change);
    const to = ordered.findLastIndex((other, index) => index > at && other.kind === 'add' && isSibling(other.path, change.path));
    const again = ordered.findIndex(
      (other, index) => index > at && isSibling(other.path, change.path) && other.path.at(-1) === change.path.at(-1),
    );
    if (to >= 0 && again < 0) ordered.splice(to, 0, ...ordered.splice(at, 1));
  }
  return ordered;
}

function isSibling(path: Steps, of: Steps): boolean {
  return path.length === of.length && path.slice(0, -1).every((step, depth) => step === of[depth]);
}

function withRun(text: string, run: Run, original: Original, target: ChangeTarget): string | undefined {
  if (run.edits) return withEdits(text, run.changes, target);
  const root = scanYaml(text)[target.doc]?.root;
  const splice = root && spliceOf({ text, root, json: target.json }, run.change, original);
  return splice && spliced(text, splice);
}

function withEdits(text: string, changes: readonly Change[], { doc, json }: ChangeTarget): string | undefined {
  const edits = changes.map(exactEdit).filter((edit) => edit !== undefined);
  try {
    return setValues(text, edits, { document: { index: doc }, create: true, aliases: 'never', json }).text;
  } catch (error) {
    if (error instanceof RefusedError && changes.some(({ kind }) => kind === 'add')) return undefined;
    throw error;
  }
}

function spliceOf(scene: Scene, change: Change, original: Original): Splice | undefined {
  if (change.kind === 'remove') return removalOf(scene.text, scene.root, change.path);
  return change.kind === 'add' && change.path.length > 0 ? insertionOf(scene, change, original) : undefined;
}

/** The text means what it is to mean, and no anchor is there a second time. */
function isProved(after: string, { text, root }: Original, changes: readonly Change[], { doc, json }: ChangeTarget): boolean {
  if (json && parsed(after) === undefined) return false;
  const now = scanYaml(after)[doc]?.root;
  if (!now || anchorsOf(now).length > anchorsOf(root).length) return false;
  try {
    return meansThat(after, { text, doc, changes, versions: json ? ['1.2'] : ['1.2', '1.1'] });
  } catch (error) {
    // An alias has lost its anchor.
    if (error instanceof RefusedError) return false;
    throw error;
  }
}
