import type { AttributeChange } from '../../lib/terraform/plan/attribute-changes.ts';
import type { PlanAction } from '../../lib/terraform/plan/plan-action.ts';
import { MASK } from '../../lib/terraform/plan/secret-values.ts';
import type { OutputChange, PlanCounts, PlannedChange, PlanSummary } from '../../lib/terraform/plan/summarise-plan.ts';
import type { Style, Terminal } from '../terminal.ts';

const LONGEST_VALUE = 80;
const STYLES: Readonly<Partial<Record<PlanAction['kind'], Style>>> = {
  ...{ destroy: 'red', replace: 'red', unknown: 'red', forget: 'yellow', update: 'yellow', create: 'green', none: 'blue', read: 'dim' },
};

/** For people: what is lost first, then what changes; attributes of what exists, for what is new has no news in it. */
export function planText(summary: PlanSummary, terminal: Terminal): string {
  const { changes, drift, outputs } = summary;
  const parts = [
    changes.map((change) => changeText(change, terminal)).join('\n'),
    section(
      'changed outside of Terraform:',
      drift.map((change) => changeText(change, terminal)),
    ),
    section(
      'outputs:',
      outputs.map((output) => outputText(output, terminal)),
    ),
    summaryLine(summary.counts),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** For programs. */
export function planDocument({ counts, changes, drift, outputs, warnings, errored }: PlanSummary): object {
  return {
    summary: summaryLine(counts),
    counts,
    changes: changes.map(documentOf),
    drift: drift.map(documentOf),
    outputs: outputs.map(documentOf),
    warnings,
    errored,
  };
}

function documentOf<T extends { readonly action: PlanAction }>({ action, ...rest }: T): object {
  const more = action.kind === 'replace' ? { old: action.old } : action.kind === 'unknown' ? { words: action.words } : {};
  return { ...rest, action: action.kind, ...more };
}

function changeText(change: PlannedChange, terminal: Terminal): string {
  const { action, address, attributes } = change;
  const head = `${label(action.kind, terminal)} ${safe(address)}${aside(change)}`;
  const shown = action.kind === 'create' || action.kind === 'read' || action.kind === 'none' ? [] : attributes;
  return [head, ...shown.map((attribute) => `    ${attributeText(attribute, terminal)}`)].join('\n');
}

function label(kind: PlanAction['kind'], terminal: Terminal, word: string = kind === 'none' ? 'keep' : kind): string {
  return terminal.paint(STYLES[kind] ?? 'bold', word.padEnd('destroy'.length));
}

function aside({ action, reason, forcedBy, movedFrom, importing, deposed }: PlannedChange): string {
  const parts = [
    ...(deposed === undefined ? [] : [`deposed object ${deposed}`]),
    ...(movedFrom === undefined ? [] : [`moved from ${movedFrom}`]),
    ...(importing === undefined ? [] : [importing.id === undefined ? 'imported' : `imported as ${importing.id}`]),
    ...(action.kind === 'replace' && action.old === 'destroyed-after' ? ['the new one is made first'] : []),
    ...(action.kind === 'replace' && action.old === 'forgotten' ? ['the old one is left alone'] : []),
    ...(forcedBy.length === 0 ? [] : [`forced by ${forcedBy.join(', ')}`]),
    ...(reason === undefined ? [] : [reason]),
  ];
  return parts.length === 0 ? '' : `  (${safe(parts.join('; '))})`;
}

function outputText({ name, action, attributes }: OutputChange, terminal: Terminal): string {
  const [only, more] = attributes;
  const what = only === undefined ? '' : more === undefined ? attributeText(only, terminal) : `${attributes.length} values`;
  return `${label(action.kind, terminal, action.kind === 'destroy' ? 'remove' : action.kind)} ${safe(name)}  ${what}`.trimEnd();
}

function attributeText({ path, before, after, unknown, sensitive, forcesReplacement }: AttributeChange, terminal: Terminal): string {
  const values = sensitive ? MASK : `${cut(before)} -> ${unknown ? '(known after apply)' : cut(after)}`;
  const forces = forcesReplacement ? terminal.paint('red', '  # forces replacement') : '';
  return `${path === '' ? '' : `${safe(path)}: `}${values}${forces}`;
}

function cut(text = 'null'): string {
  const clean = safe(text);
  return clean.length <= LONGEST_VALUE ? clean : `${clean.slice(0, LONGEST_VALUE - 1)}…`;
}

/** Names and values come from elsewhere: no control character of theirs reaches the terminal. */
function safe(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines].join('\n');
}

function summaryLine(counts: PlanCounts): string {
  const words: readonly (readonly [keyof PlanCounts, string])[] = [
    ...([
      ['create', 'to create'],
      ['update', 'to update'],
      ['replace', 'to replace'],
      ['destroy', 'to destroy'],
    ] as const),
    ...([
      ['forget', 'to forget'],
      ['move', 'moved'],
      ['import', 'to import'],
      ['read', 'to read'],
      ['unknown', 'not known'],
    ] as const),
    ...([
      ['outputs', 'outputs'],
      ['drift', 'changed outside'],
    ] as const),
  ];
  const parts = words.filter(([name]) => counts[name] > 0).map(([name, word]) => `${counts[name]} ${word}`);
  return parts.length === 0 ? 'nothing changes' : parts.join(', ');
}
