import { pointerText } from '../patch/json-pointer.ts';
import { type ChartPlace, chartPlaces } from './chart-places.ts';
import { chooseVersion } from './choose-version.ts';
import type { Environment, ParsedFile } from './environment.ts';
import { matchesName } from './glob.ts';
import { matchesNothing, type RuleOutcome } from './proposal.ts';
import type { PromotionRule } from './rule.ts';

type ChartRule = PromotionRule & { readonly kind: 'chart' };

interface Found {
  readonly file: ParsedFile;
  readonly doc: number;
  readonly place: ChartPlace;
}

/** Versions of the charts that a rule names. */
export function promoteCharts(rule: ChartRule, from: Environment, to: Environment): RuleOutcome {
  const outcomes = rule.names.map((pattern) => promoteName(pattern, rule, from, to));
  return { proposals: outcomes.flatMap(({ proposals }) => proposals), problems: outcomes.flatMap(({ problems }) => problems) };
}

function promoteName(pattern: string, { files }: ChartRule, from: Environment, to: Environment): RuleOutcome {
  const sources = found(from, files, pattern);
  if (sources.length === 0) return { proposals: [], problems: [matchesNothing('--from', `the chart ${pattern}`)] };
  const outcomes = found(to, files, pattern).map((target) => proposalFor(target, sources));
  const proposals = outcomes.flatMap(({ proposals }) => proposals);
  const problems = outcomes.flatMap(({ problems }) => problems);
  if (proposals.length === 0 && problems.length === 0) problems.push(matchesNothing('--to', `the chart ${pattern}`));
  return { proposals, problems };
}

function found(environment: Environment, files: readonly string[], pattern: string): readonly Found[] {
  return environment.matching(files).flatMap((file) =>
    file.trees.flatMap((tree, doc) =>
      chartPlaces(tree)
        .filter(({ name }) => matchesName(name, pattern))
        .map((place) => ({ file, doc, place })),
    ),
  );
}

function proposalFor({ file, doc, place }: Found, sources: readonly Found[]): RuleOutcome {
  const { name, version: from } = place;
  const path = pathOf(place);
  const candidates = sources
    .filter((source) => source.place.name === name)
    .map((source) => ({ file: source.file.file, doc: source.doc, path: pathOf(source.place), version: source.place.version }));
  const choice = chooseVersion(candidates, { file: file.file, doc, path }, (version) => version);
  if (choice.found === 'none') return { proposals: [], problems: [] };
  if (choice.found === 'several')
    return {
      proposals: [],
      problems: [`${file.file}${path}: the chart ${name} has several versions in --from: ${choice.versions.join(', ')}`],
    };
  const to = choice.version;
  const changes = from === to ? [] : [{ kind: 'replace', path: place.path, from, value: to } as const];
  return { proposals: [{ file, doc, path, what: name, from, to, step: { from, to }, changes }], problems: [] };
}

function pathOf({ path }: ChartPlace): string {
  return pointerText(path.map(String));
}
