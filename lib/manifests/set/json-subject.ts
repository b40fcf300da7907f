import { keyText } from '../tree/key-text.ts';
import type { YamlNode } from '../tree/nodes.ts';
import { nodesAlong, type Step } from '../tree/steps.ts';
import { sameJson } from './prove.ts';
import { spliced } from './splice.ts';
import type { Claim, Subject } from './subject.ts';

interface Place {
  readonly root: YamlNode;
  readonly steps: readonly Step[];
}

/** The same proof for a JSON file, by the JSON parser; undefined when the file is no JSON. */
export function jsonSubject(text: string, { root, steps }: Place): Subject | undefined {
  const before = parsed(text);
  if (before === undefined) return undefined;
  const path = namesAlong(text, root, steps);
  const value = exact(path.reduce(childOf, before.value), text, nodesAlong(root, steps).at(-1));
  return {
    value,
    is: (asked) => sameJson(value, asked.value),
    proves(splice, claim) {
      const after = parsed(spliced(text, splice));
      return (
        after !== undefined &&
        sameJson(
          after.value,
          changed(before.value, path, (node) => claimed(node, claim)),
        )
      );
    },
  };
}

/** An integer of more digits than JavaScript counts is read from the text. */
function exact(value: unknown, text: string, node: YamlNode | undefined): unknown {
  const source = typeof value === 'number' && !Number.isSafeInteger(value) && node ? text.slice(node.start, node.end) : '';
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** A JSON text without the byte order mark that it may have; undefined when it is none. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return undefined;
  }
}

function namesAlong(text: string, root: YamlNode, steps: readonly Step[]): readonly (string | number)[] {
  const nodes = nodesAlong(root, steps);
  return steps.map(({ index }, depth) => {
    const node = nodes[depth];
    const key = node?.type === 'mapping' ? node.pairs[index]?.key : undefined;
    return key ? (keyText(text, key) ?? '') : index;
  });
}

function childOf(node: unknown, name: string | number): unknown {
  return typeof node === 'object' && node !== null ? (node as Readonly<Record<string | number, unknown>>)[name] : undefined;
}

/** A copy with another node at the path. */
function changed(node: unknown, path: readonly (string | number)[], change: (node: unknown) => unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change(node);
  const copy: unknown = Array.isArray(node) ? [...node] : { ...(node as object) };
  Object.defineProperty(copy, name, { ...VALUE, value: changed(childOf(node, name), rest, change) });
  return copy;
}

/** Defined, not assigned: `__proto__` is a key like another. */
const VALUE = { enumerable: true, configurable: true, writable: true };

function claimed(node: unknown, claim: Claim): unknown {
  if (claim.kind === 'value') return claim.asked.type === 'number' ? Number(claim.asked.value) : claim.asked.value;
  if (claim.key === undefined) return [...(Array.isArray(node) ? node : []), plain(claim.value)];
  return Object.defineProperty({ ...(node as object) }, claim.key, { ...VALUE, value: plain(claim.value) });
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
