import { clone, fieldOf, type Json, type JsonObject } from '../json.ts';
import { applyChanges, type Change } from '../patch/changes.ts';
import { changesBetween } from '../patch/changes-between.ts';
import { pointerText } from '../patch/json-pointer.ts';
import type { Environment, ParsedFile } from './environment.ts';
import { parseImageArgument } from './image-argument.ts';
import { imageVersionText } from './image-name.ts';
import { imagesPath, setImages } from './kustomization-images.ts';
import { matchesNothing, type Proposal, type RuleOutcome } from './proposal.ts';
import type { PromotionRule } from './rule.ts';

type ReferencesRule = PromotionRule & { readonly kind: 'references' };

/** Image arguments, applied to the kustomizations of the environment that is promoted to. */
export function promoteReferences({ references, files }: ReferencesRule, to: Environment): RuleOutcome {
  const proposals = to.matching(files).flatMap((file) => file.trees.flatMap((tree, doc) => proposalsFor(file, { tree, doc, references })));
  return { proposals, problems: proposals.length > 0 ? [] : [matchesNothing('--to', 'a kustomization')] };
}

/** Each reference sees what those before it have done. */
function proposalsFor(
  file: ParsedFile,
  { tree, doc, references }: { readonly tree: Json; readonly doc: number; readonly references: readonly string[] },
): readonly Proposal[] {
  let current = clone(tree);
  return references.flatMap((reference) => {
    const proposals = proposalFor(file, { tree: current, doc, reference });
    for (const { changes } of proposals) current = applyChanges(current, structuredClone(changes) as readonly Change[]);
    return proposals;
  });
}

function proposalFor(
  file: ParsedFile,
  { tree, doc, reference }: { readonly tree: Json; readonly doc: number; readonly reference: string },
): readonly Proposal[] {
  const path = imagesPath(file.file, tree);
  if (!path) return [];
  const { name } = parseImageArgument(reference);
  const holder = path.slice(0, -1).reduce<Json | undefined>((node, field) => fieldOf(node, field), tree);
  const images = fieldOf(holder, path.at(-1) ?? '');
  const before = Array.isArray(images) ? images : [];
  const after = setImages(before, [reference]);
  const changes: readonly Change[] = images === undefined ? newList(path, after) : changesBetween(before, after, { path });
  const [from, now] = [versionOf(before, name), versionOf(after, name)];
  const step = from.tag !== undefined && now.tag !== undefined ? { step: { from: from.tag, to: now.tag } } : {};
  return [{ file, doc, path: pointerText(path), what: name, from: textOf(before, name), to: textOf(after, name), ...step, changes }];
}

function newList(path: readonly string[], images: Json[]): readonly Change[] {
  return images.length === 0 ? [] : [{ kind: 'add', path, value: images, last: true }];
}

function versionOf(images: readonly Json[], name: string): { readonly tag?: string; readonly digest?: string } {
  const image = images.find((each) => fieldOf(each, 'name') === name);
  const [tag, digest] = [fieldOf(image, 'newTag'), fieldOf(image, 'digest')];
  return { ...(typeof tag === 'string' && { tag }), ...(typeof digest === 'string' && { digest }) };
}

function textOf(images: readonly Json[], name: string): string {
  const image: JsonObject = images.find((each): each is JsonObject => fieldOf(each, 'name') === name) ?? {};
  return `${typeof image.newName === 'string' ? image.newName : ''}${imageVersionText(versionOf(images, name))}`;
}
