import { RefusedError } from '../../platform/errors.ts';
import { type Asked, askedFor } from '../set/asked.ts';
import { chooseDocuments } from '../set/documents.ts';
import type { Edit } from '../set/options.ts';
import { readableDocuments } from '../set/readable.ts';
import { subjectAt } from '../set/replace.ts';
import { setValues } from '../set/set-values.ts';
import type { Environment, ParsedFile } from './environment.ts';
import { matchesNothing, type Proposal, type RuleOutcome } from './proposal.ts';
import type { PathPlace, PromotionRule } from './rule.ts';

type PathRule = PromotionRule & { readonly kind: 'path' };

/** The value at a path, with its type: `1.20` without quotes stays that. */
export function promotePath(rule: PathRule, from: Environment, to: Environment): RuleOutcome {
  const problems: string[] = [];
  const proposals = to.matching(rule.files).flatMap((target): Proposal[] => {
    const source = from.named(rule.from.file ?? target.file);
    if (!source) return [];
    try {
      return [proposalFor(target, rule.place, valueAt(source, rule.from, '--from'))];
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // A glob may match files that have no such path; without one, that is a mistake.
      problems.push(`${target.file}: ${error.message}`);
      return [];
    }
  });
  if (proposals.length > 0) return { proposals, problems: [] };
  return {
    proposals,
    problems: problems.length > 0 ? problems : [matchesNothing('both directories', `a file of ${rule.files.join(', ')}`)],
  };
}

interface Value {
  readonly asked: Asked;
  /** As it is written, for people. */
  readonly text: string;
}

/** @param where for errors @throws RefusedError when there is no scalar at the path */
function valueAt({ text, json }: ParsedFile, { path, segments, document }: PathPlace, where: string): Value & { readonly doc: number } {
  const documents = readableDocuments(text, json);
  const edit: Edit = { path, segments, asked: { type: 'null', value: null } };
  const [chosen] = chooseDocuments(text, documents, edit, { aliases: 'never', ...(document && { document }) });
  if (chosen?.located.found !== 'node') throw new RefusedError(`${path} is not in ${where}`);
  const { located, doc } = chosen;
  const { node, steps } = located;
  if (node.type !== 'scalar') throw new RefusedError(`${path} is no scalar in ${where}`);
  const { value } = subjectAt({ text, original: text, documents, applied: [], json }, path, doc, steps);
  const source = text.slice(node.start, node.end);
  return typeof value === 'string'
    ? { asked: { type: 'string', value }, text: value, doc }
    : { asked: askedFor(source), text: source, doc };
}

function proposalFor(file: ParsedFile, place: PathPlace, { asked, text: to }: Value): Proposal {
  const { path, segments } = place;
  const { text: from, doc } = valueAt(file, place, '--to');
  const edit: Edit = { path, segments, asked };
  const { changes } = setValues(file.text, [edit], { document: { index: doc }, aliases: 'never', json: file.json });
  return { file, doc, path, what: path, from, to, step: { from, to }, changes: [], ...(changes.length > 0 && { edit }) };
}
