import { RefusedError } from '../../platform/errors.ts';
import { applyChanges } from '../patch/changes.ts';
import { Environment } from './environment.ts';
import { promoteCharts } from './promote-charts.ts';
import { promoteImages } from './promote-images.ts';
import { promotePath } from './promote-path.ts';
import { promoteReferences } from './promote-references.ts';
import { promotedFiles } from './promoted-files.ts';
import type { Promotion, PromotionItem, PromotionRequest } from './promotion.ts';
import type { Proposal, RuleOutcome } from './proposal.ts';
import type { PromotionRule } from './rule.ts';
import { versionStep } from './versions.ts';

interface Planned {
  readonly rule: PromotionRule;
  readonly proposal: Proposal;
}

/**
 * What a promotion by these rules would do. All of it can be done, or nothing is planned.
 * @throws RefusedError with every reason: a rule that matches nothing, versions that differ among themselves, or one that would go down unasked
 */
export function planPromotion({ rules, from, to, allowDowngrade = false }: PromotionRequest): Promotion {
  const [source, target] = [new Environment(from), new Environment(to)];
  const planned: Planned[] = [];
  const problems: string[] = [];
  for (const rule of rules) {
    const outcome = outcomeOf(rule, source, target);
    if (!rule.optional || outcome.proposals.length > 0) problems.push(...outcome.problems.map((problem) => `${rule.label}: ${problem}`));
    for (const proposal of outcome.proposals) {
      problems.push(...objections(rule, proposal, planned, allowDowngrade));
      planned.push({ rule, proposal });
      makeIn(proposal);
    }
  }
  if (problems.length > 0)
    throw new RefusedError(`nothing was promoted: ${[...new Set(problems)].join('; ')}`, {
      hint: 'correct the rules; --allow-downgrade lets versions go down, and optional: true lets a rule match nothing',
    });
  const { files, warnings } = promotedFiles(planned.map(({ proposal }) => proposal));
  return { items: planned.map(itemOf), files, warnings: [...unread(rules, target), ...uncompared(planned, allowDowngrade), ...warnings] };
}

function outcomeOf(rule: PromotionRule, from: Environment, to: Environment): RuleOutcome {
  switch (rule.kind) {
    case 'image':
      return promoteImages(rule, from, to);
    case 'chart':
      return promoteCharts(rule, from, to);
    case 'path':
      return promotePath(rule, from, to);
    case 'references':
      return promoteReferences(rule, to);
  }
}

/** The next rule sees what this one has done. */
function makeIn({ file, doc, changes }: Proposal): void {
  file.trees[doc] = applyChanges(file.trees[doc] ?? null, changes);
}

function objections(
  rule: PromotionRule,
  { file, path, step, from, to, edit, changes, ...proposal }: Proposal,
  planned: readonly Planned[],
  allowed: boolean,
): readonly string[] {
  const where = `${rule.label}: ${file.file} ${path}`;
  const down = step !== undefined && versionStep(step.from, step.to) === 'down' && !allowed && !rule.allowDowngrade;
  const other = planned.find(
    ({ proposal: before }) => before.file === file && before.doc === proposal.doc && before.path === path && before.what === proposal.what,
  );
  const differs = other !== undefined && other.proposal.to !== to && (edit !== undefined || changes.length > 0);
  return [
    ...(down ? [`${where} would go down from ${from} to ${to}`] : []),
    ...(differs ? [`${where} is to be ${to}, and by the rule ${other.rule.label} ${other.proposal.to}`] : []),
  ];
}

const MOST_NAMED = 5;

/** The names of commits have no order, and neither have `latest` and a version: whether they go down is for people to see. */
function uncompared(planned: readonly Planned[], allowed: boolean): readonly string[] {
  const steps = planned.flatMap(({ rule, proposal: { step, what } }) =>
    step && !allowed && !rule.allowDowngrade && isUncompared(step) ? [`${what} ${step.from} -> ${step.to}`] : [],
  );
  const different = [...new Set(steps)];
  if (different.length === 0) return [];
  const rest = different.length > MOST_NAMED ? ` and ${different.length - MOST_NAMED} more` : '';
  return [`cannot be compared, so that a step down would not be seen: ${different.slice(0, MOST_NAMED).join(', ')}${rest}`];
}

/** Words without any number are no versions that could be. */
function isUncompared({ from, to }: NonNullable<Proposal['step']>): boolean {
  return /\d/.test(from + to) && versionStep(from, to) === 'unknown';
}

function itemOf({ rule, proposal }: Planned): PromotionItem {
  const { file, doc, path, what, from, to, changes, edit } = proposal;
  return { rule: rule.label, file: file.file, doc, path, what, from, to, changed: changes.length > 0 || edit !== undefined };
}

function unread(rules: readonly PromotionRule[], to: Environment): readonly string[] {
  const files = [...new Set(rules.flatMap((rule) => to.unreadable(rule.files)))];
  return files.map((file) => `${file} was passed over: it is no YAML, or a template that has not been rendered`);
}
