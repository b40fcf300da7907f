import type { ViewItem } from './plan-view.ts';

/** A cluster with one wrong annotation on a thousand objects does not need a thousand lines; the JSON has them all. */
const MOST_LINES = 20;

interface Saying {
  readonly name: string;
  readonly text: string;
  /** The text without what differs from object to object. */
  readonly cause: string;
}

/** What someone should mend or know, one line each, capped. */
export function planWarnings(items: readonly ViewItem[], notices: readonly string[] = []): string[] {
  return capped([
    ...notices,
    ...grouped(items.flatMap((item) => textsOf(item).map((text) => ({ name: nameOf(item), text, cause: text })))),
  ]);
}

/** What could not be done, and what to do about it; one line each, capped. */
export function planFailures(items: readonly ViewItem[]): string[] {
  const failed = items.filter(({ action }) => action === 'failed');
  return capped(
    grouped(
      failed.map((item) => {
        const text = typeof item.hint === 'string' ? `${item.reason} (${item.hint})` : item.reason;
        return { name: nameOf(item), text, cause: text.replaceAll(`${item.namespace}/${item.name}`, '') };
      }),
    ),
  );
}

/** One cause often stops many: it is told once, with the first it stopped and how many more there are. */
function grouped(sayings: readonly Saying[]): string[] {
  const causes = new Map<string, { readonly first: Saying; count: number }>();
  for (const saying of sayings) {
    const known = causes.get(saying.cause);
    if (known) known.count += 1;
    else causes.set(saying.cause, { first: saying, count: 1 });
  }
  return [...causes.values()].map(({ first, count }) => `${first.name}${count > 1 ? ` and ${count - 1} more` : ''}: ${first.text}`);
}

function capped(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
  return [...lines.slice(0, MOST_LINES), `${lines.length - MOST_LINES} more like these; -o json has them all`];
}

/** A report's notices say it in their reason, a workload in its lists. */
function textsOf({ action, reason, problems = [], warnings = [] }: ViewItem): readonly string[] {
  return action === 'problem' || action === 'warning' ? [reason] : [...problems, ...warnings];
}

function nameOf({ ref, namespace, kind, name }: ViewItem): string {
  return ref ?? [namespace, kind, name].filter((part) => part !== undefined).join('/');
}
