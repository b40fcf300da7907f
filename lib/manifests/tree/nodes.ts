/** Anchor and tag in front of a node, as they are written. */
export interface Properties {
  readonly anchor?: string;
  readonly tag?: string;
  readonly start: number;
  /** Offset behind the last of them. */
  readonly end: number;
}

/** All offsets count UTF-16 units from the start of the text; `start` and `end` leave the properties out. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly properties: Properties | undefined;
}

export type FlowStyle = 'plain' | 'single' | 'double';

export interface FlowScalarNode extends Range {
  readonly type: 'scalar';
  readonly style: FlowStyle;
}

export interface BlockScalarNode extends Range {
  readonly type: 'scalar';
  readonly style: 'literal' | 'folded';
  /** Behind `|2-`; what follows on that line is blanks and a comment. */
  readonly headerEnd: number;
  /** Where the lines of the body begin. */
  readonly bodyStart: number;
  /** Behind the last character that is not blank, or `bodyStart`; `end` is behind the line breaks that follow it, too. */
  readonly contentEnd: number;
  /** Columns in front of the body; undefined when nothing is in it to tell. */
  readonly indent: number | undefined;
  /** Column of the collection that holds it; -1 for the root. */
  readonly parent: number;
}

export type ScalarNode = FlowScalarNode | BlockScalarNode;

/** Nothing is written: null. `start` is where a value would go, behind the colon, the dash or the properties. */
export interface EmptyNode extends Range {
  readonly type: 'empty';
}

export interface AliasNode extends Range {
  readonly type: 'alias';
  readonly name: string;
}

export interface Pair {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** `{a}` and `? a` have none. */
  readonly colon: boolean;
}

export interface MappingNode extends Range {
  readonly type: 'mapping';
  readonly flow: boolean;
  /** Column of a block mapping's keys. */
  readonly column: number;
  readonly pairs: readonly Pair[];
}

export interface SequenceNode extends Range {
  readonly type: 'sequence';
  readonly flow: boolean;
  /** Column of a block sequence's dashes. */
  readonly column: number;
  readonly items: readonly YamlNode[];
  /** Offsets of a block sequence's dashes. */
  readonly dashes: readonly number[];
}

export type YamlNode = ScalarNode | EmptyNode | AliasNode | MappingNode | SequenceNode;

export interface DocumentNode {
  readonly start: number;
  readonly end: number;
  readonly root: YamlNode;
  /** Lines such as `%YAML 1.1` stand before it. */
  readonly directives: boolean;
}

export function isBlockScalar(node: YamlNode): node is BlockScalarNode {
  return node.type === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}
