import { type Fields, fieldsAt, instantAt, isFields, textAt } from '../../kubernetes/fields.ts';

export interface KnownEvent {
  readonly reason: string;
  readonly message: string;
  /** When it happened last, epoch milliseconds; 0 when it does not say. */
  readonly at: number;
}

/** Events about an object with one of these reasons, the latest first. */
export function eventsOn(object: unknown, events: readonly unknown[] | undefined, reasons: readonly string[]): readonly KnownEvent[] {
  const about = (events ?? []).filter(isFields).filter((event) => isAbout(event, object));
  return latestFirst(about, reasons);
}

/** Events with one of these reasons that name an image, whosever they are, the latest first: what one pod of a template is told holds for the others. */
export function eventsNaming(image: string, events: readonly unknown[] | undefined, reasons: readonly string[]): readonly KnownEvent[] {
  return latestFirst((events ?? []).filter(isFields), reasons).filter(({ message }) => message.includes(image));
}

function latestFirst(events: readonly Fields[], reasons: readonly string[]): readonly KnownEvent[] {
  return events
    .filter((event) => reasons.includes(textAt(event, 'reason') ?? ''))
    .map((event) => ({ reason: textAt(event, 'reason') ?? '', message: messageOf(event), at: lastSeen(event) }))
    .toSorted((left, right) => right.at - left.at);
}

function isAbout(event: Fields, object: unknown): boolean {
  const subject = { ...fieldsAt(event, 'regarding'), ...fieldsAt(event, 'involvedObject') };
  const [uid, wanted] = [textAt(subject, 'uid'), textAt(object, 'metadata', 'uid')];
  if (uid !== undefined && wanted !== undefined) return uid === wanted;
  return (
    textAt(subject, 'kind') === textAt(object, 'kind') &&
    textAt(subject, 'name') !== undefined &&
    textAt(subject, 'name') === textAt(object, 'metadata', 'name')
  );
}

/** core/v1 says `message`, events.k8s.io/v1 says `note`. */
function messageOf(event: Fields): string {
  return textAt(event, 'message') ?? textAt(event, 'note') ?? '';
}

function lastSeen(event: Fields): number {
  const times = [
    instantAt(event, 'series', 'lastObservedTime'),
    instantAt(event, 'lastTimestamp'),
    instantAt(event, 'deprecatedLastTimestamp'),
    instantAt(event, 'eventTime'),
    instantAt(event, 'firstTimestamp'),
    instantAt(event, 'metadata', 'creationTimestamp'),
  ];
  return Math.max(0, ...times.filter((time) => time !== undefined));
}
