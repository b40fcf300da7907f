import type { ApiObject } from '../api-object.ts';
import type { Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { tableColumns, tableRow } from '../table/table.ts';
import type { ListPage } from '../verbs/list.ts';
import type { View } from './media-type.ts';

export interface Presentation {
  readonly view: View;
  /** What a table row carries of its object. */
  readonly includeObject: 'None' | 'Metadata' | 'Object';
  readonly nowMs: number;
}

export function presentObject(kind: Kind, object: ApiObject, how: Presentation): Json {
  if (how.view === 'metadata') return partial(object);
  if (how.view === 'object') return object;
  return table(kind, [object], { resourceVersion: object.metadata.resourceVersion ?? '' }, how);
}

export function presentList(kind: Kind, page: ListPage, how: Presentation): Json {
  if (how.view === 'table') return table(kind, page.items, page.metadata, how);
  if (how.view === 'metadata') {
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: page.metadata, items: page.items.map(partial) };
  }
  // Items of a list leave their kind to the list.
  const items = page.items.map(({ apiVersion: _apiVersion, kind: _kind, ...rest }) => rest);
  return { kind: `${kind.kind}List`, apiVersion: kind.apiVersion, metadata: page.metadata, items };
}

function partial(object: ApiObject): Json {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

function table(kind: Kind, objects: readonly ApiObject[], metadata: Json, how: Presentation): Json {
  const rows = objects.map((object) => ({
    cells: tableRow(kind, object, how.nowMs),
    ...(how.includeObject === 'None' ? {} : { object: how.includeObject === 'Object' ? object : partial(object) }),
  }));
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: tableColumns(kind), rows };
}
