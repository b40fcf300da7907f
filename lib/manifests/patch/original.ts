import type { YamlNode } from '../tree/nodes.ts';

/** A document before any change, from which entries are taken as they are written. */
export interface Original {
  readonly text: string;
  readonly root: YamlNode;
}
