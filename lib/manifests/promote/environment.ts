import { BadInputError, RefusedError } from '../../platform/errors.ts';
import { clone, type Json } from '../json.ts';
import { readableDocuments } from '../set/readable.ts';
import { matchesGlob } from './glob.ts';
import type { EnvironmentFile } from './promotion.ts';
import { textTrees } from './text-tree.ts';

/** A file with its documents, every scalar as a text. */
export interface ParsedFile extends EnvironmentFile {
  /** As they are to become; changed by rules, one after the other. */
  readonly trees: Json[];
}

/** The files of an environment, each read when a rule first asks for it. */
export class Environment {
  readonly #files: readonly EnvironmentFile[];
  readonly #parsed = new Map<string, ParsedFile | undefined>();

  constructor(files: readonly EnvironmentFile[]) {
    this.#files = files;
  }

  /** Those that match one of the globs, in name order. What is no YAML, such as a chart's template, is left out. */
  matching(globs: readonly string[]): readonly ParsedFile[] {
    const found = this.#files.filter(({ file }) => globs.some((glob) => matchesGlob(file, glob)));
    return found.map((file) => this.#read(file)).filter((file) => file !== undefined);
  }

  named(file: string): ParsedFile | undefined {
    const found = this.#files.find((other) => other.file === file);
    return found && this.#read(found);
  }

  /** Those that match, and could not be read. */
  unreadable(globs: readonly string[]): readonly string[] {
    const found = this.#files.filter((file) => globs.some((glob) => matchesGlob(file.file, glob)) && this.#read(file) === undefined);
    return found.map(({ file }) => file);
  }

  #read(file: EnvironmentFile): ParsedFile | undefined {
    if (this.#parsed.has(file.file)) return this.#parsed.get(file.file);
    const trees = readableTrees(file);
    const parsed = trees && { ...file, trees: trees.map((tree) => clone(tree)) };
    this.#parsed.set(file.file, parsed);
    return parsed;
  }
}

/** Undefined where our reader and the parser would not agree on what the documents are. */
function readableTrees({ text, json }: EnvironmentFile): readonly Json[] | undefined {
  try {
    const trees = textTrees(text);
    return trees?.length === readableDocuments(text, json).length ? trees : undefined;
  } catch (error) {
    if (error instanceof BadInputError || error instanceof RefusedError) return undefined;
    throw error;
  }
}
