import type { Json } from '../../manifests/json.ts';
import type { Subject } from '../subject.ts';
import type { Capture } from '../suite/assertion.ts';
import { bodyView } from './body-view.ts';
import { describeSource } from './describe.ts';
import { loadEngines } from './engines.ts';
import { mayRunOn } from './may-run-on.ts';
import { observe, type Sight } from './observe.ts';
import type { Observed } from './observed.ts';
import { plural } from './show.ts';
import { withinTime } from './within-time.ts';

export type Captured = { readonly values: ReadonlyMap<string, string> } | { readonly problem: string };

const LIMIT_MS = 1_000;
/** UTF-16 units: more than a token or a key has, and not a whole page. */
const LONGEST = 65_536;

type One = { readonly text: string } | { readonly why: string };

/** The values that later checks use, all of them or none. Never rejects: what is not there is the problem, told without the value. */
export async function capture(
  captures: Readonly<Record<string, Capture>>,
  subject: Subject,
  limitMs: number = LIMIT_MS,
): Promise<Captured> {
  const entries = Object.entries(captures);
  const engines = await loadEngines(entries.map(([, { source }]) => source));
  const sight: Sight = {
    now: 0,
    durationMs: 0,
    subject,
    engines,
    ...(subject.kind === 'http' && { body: bodyView(subject, engines.markup) }),
  };
  const values = new Map<string, string>();
  const begun = performance.now();
  const allowedMs = Math.min(limitMs, LIMIT_MS);
  for (const [name, { source }] of entries) {
    const look = (): One => oneOf(() => observe(source, sight));
    const timed = mayRunOn(source) ? withinTime(look, allowedMs - (performance.now() - begun)) : ({ ok: true, value: look() } as const);
    const one: One = timed.ok ? timed.value : { why: `took longer than ${Math.max(0, Math.round(allowedMs))} ms` };
    if ('why' in one) return { problem: `${name} cannot be captured from ${describeSource(source)}: ${one.why}` };
    values.set(name, one.text);
  }
  return { values };
}

function oneOf(look: () => Observed): One {
  try {
    const one = textOf(look());
    return 'text' in one && one.text.length > LONGEST ? { why: `it has more than ${LONGEST} characters` } : one;
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

function textOf(observed: Observed): One {
  switch (observed.kind) {
    case 'nothing':
      return { why: observed.what };
    case 'unreadable':
      return { why: observed.why };
    case 'text':
      return { text: observed.text };
    case 'number':
    case 'boolean':
    case 'json':
      return jsonText(observed.value);
    case 'texts':
      return onlyOne(observed.texts.slice(0, 1), 'record');
    case 'several':
      return onlyOne(observed.values, observed.noun);
    default:
      return observed satisfies never;
  }
}

function onlyOne(values: readonly Json[], noun: string): One {
  const [only] = values;
  if (only === undefined) return { why: `no ${noun}` };
  return values.length > 1 ? { why: `${plural(values.length, noun)}, and one is wanted; narrow it` } : jsonText(only);
}

/** A text as it is, anything else as JSON. A whole number that JavaScript cannot hold exactly would be another one. */
function jsonText(value: Json): One {
  if (value === null) return { why: 'it is null' };
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return { why: 'it is a whole number too large to be read exactly; a service should send it as text' };
  return { text: typeof value === 'object' ? JSON.stringify(value) : String(value) };
}
