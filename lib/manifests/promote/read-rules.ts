import { readYaml } from '../../configuration/read-yaml.ts';
import { BadInputError, messageOf } from '../../platform/errors.ts';
import { pathText, problemsOf } from '../../platform/schema-problems.ts';
import type { DocumentSelector } from '../set/options.ts';
import { parseAssignment, type Segment } from '../set/path.ts';
import { parseImageArgument } from './image-argument.ts';
import type { PathPlace, PromotionRule } from './rule.ts';
import { rulesSchema, type WrittenRule } from './rules-schema.ts';

/** One thing that is wrong with a rules file. */
interface RuleProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const ANY_FILE = ['**/*'];
const KUSTOMIZATIONS = ['**/kustomization.yaml', '**/kustomization.yml', '**/Kustomization'];

/**
 * The rules of a promotion.
 * @param name of the file, for errors
 * @throws BadInputError with every problem and its line
 */
export function readRules(text: string, name: string): readonly PromotionRule[] {
  const yaml = readYaml(text);
  if (!yaml.ok)
    throw bad(
      name,
      yaml.problems.map(({ line, path, message }) => said(line, path, message)),
    );
  const parsed = rulesSchema.safeParse(yaml.value);
  const problems = parsed.success ? parsed.data.rules.flatMap(problemsOfRule) : problemsOf(parsed.error);
  const all = [
    ...yaml.problems.map(({ line, path, message }) => ({ line, text: said(line, path, message) })),
    ...problems.map(({ path, message }) => {
      const { line } = yaml.places.placeOf(path);
      return { line, text: said(line, pathText(path), message) };
    }),
  ].sort((a, b) => a.line - b.line);
  if (!parsed.success || all.length > 0)
    throw bad(
      name,
      all.map((problem) => problem.text),
    );
  return parsed.data.rules.map(ruleOf);
}

function said(line: number, path: string, message: string): string {
  return `line ${line}: ${path === '' ? 'the file' : path} ${message}`;
}

function bad(name: string, problems: readonly string[]): BadInputError {
  return new BadInputError(`the rules ${name} cannot be used: ${problems.join('; ')}`, { hint: 'correct them; nothing was promoted' });
}

/** What a schema of words and types cannot say. */
function problemsOfRule(rule: WrittenRule, index: number): readonly RuleProblem[] {
  const at = (...path: readonly PropertyKey[]): readonly PropertyKey[] => ['rules', index, ...path];
  const kinds = (['image', 'chart', 'path', 'references'] as const).filter((kind) => rule[kind] !== undefined);
  const problems: RuleProblem[] = [];
  if (kinds.length !== 1) problems.push({ path: at(), message: 'needs one of image, chart, path or references' });
  for (const word of ['document', 'from'] as const)
    if (rule[word] !== undefined && rule.path === undefined) problems.push({ path: at(word), message: 'belongs to a rule with a path' });
  if (rule.toImage !== undefined && rule.image?.length !== 1)
    problems.push({ path: at('toImage'), message: 'belongs to a rule with one image' });
  if (rule.path !== undefined && rule.files === undefined) problems.push({ path: at(), message: 'needs files: where is the path?' });
  const paths = [
    { path: at('path'), text: rule.path },
    { path: at('from', 'path'), text: rule.from?.path },
  ];
  for (const { path, text } of paths) problems.push(...problemIn(path, text, segmentsOf));
  for (const [place, text] of (rule.references ?? []).entries())
    problems.push(...problemIn(at('references', place), text, parseImageArgument));
  return problems;
}

function problemIn(path: readonly PropertyKey[], text: string | undefined, read: (text: string) => unknown): readonly RuleProblem[] {
  if (text === undefined) return [];
  try {
    read(text);
    return [];
  } catch (error) {
    return [{ path, message: messageOf(error) }];
  }
}

/** @throws BadInputError */
function segmentsOf(path: string): readonly Segment[] {
  const { segments, value } = parseAssignment(`${path}=`);
  if (value !== '') throw new BadInputError(`${JSON.stringify(path)} has an = in it: write it as \\=`);
  return segments;
}

function ruleOf(rule: WrittenRule, index: number): PromotionRule {
  const { image, chart, path = '', references, files, name, optional = false, allowDowngrade = false } = rule;
  const what = image?.join(', ') ?? chart?.join(', ') ?? references?.join(', ') ?? path;
  const common = { label: name ?? what, files: files ?? (references ? KUSTOMIZATIONS : ANY_FILE), optional, allowDowngrade };
  if (image) return { ...common, kind: 'image', names: image, ...(rule.toImage !== undefined && { toName: rule.toImage }) };
  if (chart) return { ...common, kind: 'chart', names: chart };
  if (references) return { ...common, kind: 'references', references };
  const place = placeOf(path, rule.document);
  const { file, path: fromPath = path, document: fromDocument = rule.document } = rule.from ?? {};
  return {
    ...common,
    label: name ?? `rule ${index + 1} (${path})`,
    kind: 'path',
    place,
    from: { ...placeOf(fromPath, fromDocument), ...(file !== undefined && { file }) },
  };
}

function placeOf(path: string, document: number | string | undefined): PathPlace {
  return { path, segments: segmentsOf(path), ...(document !== undefined && { document: selectorOf(document) }) };
}

function selectorOf(document: number | string): DocumentSelector {
  if (typeof document === 'number') return { index: document };
  const [kind = '', name = ''] = document.split('/');
  return { kind, name };
}
