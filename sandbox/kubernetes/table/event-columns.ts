import type { ApiObject } from '../api-object.ts';
import { numberAt, textAt } from '../json.ts';
import { ageOf } from './age.ts';
import type { Column } from './columns.ts';

const firstSeen = (event: ApiObject, nowMs: number): string =>
  ageOf(textAt(event, 'firstTimestamp') ?? textAt(event, 'eventTime') ?? undefined, nowMs);

/** A series says when it went on; an event of the newer API has neither of the older times. */
function lastSeen(event: ApiObject, nowMs: number): string {
  const series = textAt(event, 'series', 'lastObservedTime');
  if (series) return ageOf(series, nowMs);
  const last = textAt(event, 'lastTimestamp');
  return last ? ageOf(last, nowMs) : firstSeen(event, nowMs);
}

function objectOf(event: ApiObject): string {
  const kind = (textAt(event, 'involvedObject', 'kind') ?? '').toLowerCase();
  const name = textAt(event, 'involvedObject', 'name');
  return name ? `${kind}/${name}` : kind;
}

function sourceOf(event: ApiObject): string {
  const component = textAt(event, 'source', 'component') || textAt(event, 'reportingComponent') || '';
  const instance = textAt(event, 'source', 'host') || textAt(event, 'reportingInstance') || '';
  return instance === '' ? component : `${component}, ${instance}`;
}

const text = (name: string, path: readonly string[], wide = false): Column => ({
  name,
  wide,
  cell: (event) => (textAt(event, ...path) ?? '').trim(),
});

/** Events are read by when and what: they show neither NAME nor AGE first, as all other kinds do. */
export const EVENT_COLUMNS: readonly Column[] = [
  { name: 'Last Seen', cell: lastSeen },
  text('Type', ['type']),
  text('Reason', ['reason']),
  { name: 'Object', cell: objectOf },
  text('Subobject', ['involvedObject', 'fieldPath'], true),
  { name: 'Source', wide: true, cell: sourceOf },
  text('Message', ['message']),
  { name: 'First Seen', wide: true, cell: firstSeen },
  {
    name: 'Count',
    type: 'integer',
    wide: true,
    cell: (event) => numberAt(event, 'series', 'count') ?? (numberAt(event, 'count') || 1),
  },
  { name: 'Name', wide: true, cell: (event) => event.metadata.name },
];
