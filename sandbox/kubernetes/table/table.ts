import type { ApiObject } from '../api-object.ts';
import type { Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import { ageOf } from './age.ts';
import { COLUMNS, type Column } from './columns.ts';
import { EVENT_COLUMNS } from './event-columns.ts';

const NAME: Column = { name: 'Name', cell: (object) => object.metadata.name };
const AGE: Column = { name: 'Age', cell: (object, nowMs) => ageOf(object.metadata.creationTimestamp, nowMs) };

function columnsOf(kind: Kind): readonly Column[] {
  if (kind.id === '/events') return EVENT_COLUMNS;
  const [narrow, wide] = COLUMNS[kind.id] ?? [[], []];
  return [NAME, ...narrow, AGE, ...wide.map((column) => ({ ...column, wide: true }))];
}

/** Column definitions of `kubectl get`; priority 1 columns show with `-o wide`. */
export function tableColumns(kind: Kind): Json[] {
  return columnsOf(kind).map((column) => ({
    name: column.name,
    type: column.type ?? 'string',
    format: column.name === 'Name' ? 'name' : '',
    description: '',
    priority: column.wide ? 1 : 0,
  }));
}

export function tableRow(kind: Kind, object: ApiObject, nowMs: number): Json[] {
  return columnsOf(kind).map((column) => column.cell(object, nowMs));
}
