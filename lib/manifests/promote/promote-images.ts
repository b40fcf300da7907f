import { pointerText } from '../patch/json-pointer.ts';
import { type Candidate, chooseVersion } from './choose-version.ts';
import type { Environment, ParsedFile } from './environment.ts';
import { matchesName } from './glob.ts';
import { imageChanges } from './image-changes.ts';
import { type ImageVersion, imageVersionText } from './image-name.ts';
import { type ImagePlace, imagePlaces } from './image-places.ts';
import { matchesNothing, type Proposal, type RuleOutcome } from './proposal.ts';
import type { PromotionRule } from './rule.ts';

type ImageRule = PromotionRule & { readonly kind: 'image' };

interface Found {
  readonly file: ParsedFile;
  readonly doc: number;
  readonly place: ImagePlace;
  /** The name by which the rule knows it. */
  readonly name: string;
}

/** Tags and digests of the images that a rule names. */
export function promoteImages(rule: ImageRule, from: Environment, to: Environment): RuleOutcome {
  const outcomes = rule.names.map((pattern) => promoteName(pattern, rule, from, to));
  return { proposals: outcomes.flatMap(({ proposals }) => proposals), problems: outcomes.flatMap(({ problems }) => problems) };
}

function promoteName(pattern: string, { toName, files }: ImageRule, from: Environment, to: Environment): RuleOutcome {
  const sources = found(from, files, pattern).filter(({ place: { version } }) => version.tag !== undefined || version.digest !== undefined);
  if (sources.length === 0) return { proposals: [], problems: [matchesNothing('--from', `a version of the image ${pattern}`)] };
  const outcomes = found(to, files, toName ?? pattern).map((target) =>
    proposalFor(target, toName === undefined ? sourcesOf(sources, target) : sources),
  );
  const proposals = outcomes.flatMap(({ proposals }) => proposals);
  const problems = outcomes.flatMap(({ problems }) => problems);
  if (proposals.length === 0 && problems.length === 0) problems.push(matchesNothing('--to', `the image ${toName ?? pattern}`));
  return { proposals, problems };
}

function found(environment: Environment, files: readonly string[], pattern: string): readonly Found[] {
  return environment.matching(files).flatMap((file) =>
    file.trees.flatMap((tree, doc) =>
      imagePlaces(file.file, tree).flatMap((place): Found[] => {
        const name = place.names.find((each) => matchesName(each, pattern));
        return name === undefined ? [] : [{ file, doc, place, name }];
      }),
    ),
  );
}

/** A pattern may stand for many images; each gets its own version. */
function sourcesOf(sources: readonly Found[], { name }: Found): readonly Found[] {
  return sources.filter((source) => source.name === name);
}

function proposalFor({ file, doc, place, name }: Found, sources: readonly Found[]): RuleOutcome {
  const path = pathOf(place);
  const candidates = sources.map(
    (source): Candidate<ImageVersion> => ({
      file: source.file.file,
      doc: source.doc,
      path: pathOf(source.place),
      version: source.place.version,
    }),
  );
  const choice = chooseVersion(candidates, { file: file.file, doc, path }, imageVersionText);
  const where = `${file.file}${path}`;
  if (choice.found === 'none') return { proposals: [], problems: [] };
  if (choice.found === 'several')
    return {
      proposals: [],
      problems: [`${where}: ${name} has several versions in --from: ${choice.versions.map(imageVersionText).join(', ')}`],
    };
  const { version } = choice;
  const result = imageChanges(place, version);
  if (!result.ok) return { proposals: [], problems: [`${where}: ${result.why}`] };
  const { tag } = place.version;
  const step = tag !== undefined && version.tag !== undefined ? { step: { from: tag, to: version.tag } } : {};
  const proposal: Proposal = {
    file,
    doc,
    path,
    what: name,
    from: imageVersionText(place.version),
    to: imageVersionText(version),
    ...step,
    changes: result.changes,
  };
  return { proposals: [proposal], problems: [] };
}

function pathOf(place: ImagePlace): string {
  return pointerText([...place.path, ...(place.form === 'kustomization' ? [place.index] : [])].map(String));
}
