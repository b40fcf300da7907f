import type { Problem } from '../../platform/schema-problems.ts';
import type { SourceKind } from './assertion.ts';
import type { ProbeKind } from './probe-kinds.ts';
import { type CheckInput, PROBE_WORDS } from './schema.ts';
import { toAssertions, toCapture } from './to-assertion.ts';

const HTTP: readonly ProbeKind[] = ['http'];

/** The probes whose answers have what is looked at. */
const SEEN_BY: Readonly<Record<SourceKind, readonly ProbeKind[]>> = {
  status: HTTP,
  header: HTTP,
  cookie: HTTP,
  jsonPath: HTTP,
  xpath: HTTP,
  body: HTTP,
  sha256: HTTP,
  size: HTTP,
  url: HTTP,
  httpVersion: HTTP,
  redirects: HTTP,
  hop: HTTP,
  regex: ['http', 'tcp'],
  received: ['tcp'],
  certificate: ['http', 'tls'],
  protocol: ['tls'],
  records: ['dns'],
  code: ['dns', 'grpc'],
  serving: ['grpc'],
  message: ['grpc'],
  latency: ['http', 'tcp', 'tls', 'dns', 'grpc'],
};

/** What is asked of an answer that cannot have it. */
export function checkFit(check: CheckInput, path: readonly PropertyKey[]): readonly Problem[] {
  const kind = PROBE_WORDS.find((word) => check[word] !== undefined);
  if (kind === undefined) return [];
  const asked = [
    ...(check.assert ?? []).flatMap((each, index) => toAssertions(each).map(({ source }) => ({ source, at: [...path, 'assert', index] }))),
    ...Object.entries(check.capture ?? {}).map(([name, each]) => ({ source: toCapture(each).source, at: [...path, 'capture', name] })),
  ];
  const isDeaf = check.tcp?.receive === 'nothing';
  return asked.flatMap(({ source, at }): readonly Problem[] => {
    const seenBy = SEEN_BY[source.kind];
    if (!seenBy.includes(kind))
      return [{ path: [...at, source.kind], message: `is not in the answer of ${kind}, but of ${seenBy.join(' and ')}` }];
    return isDeaf && READ.has(source.kind)
      ? [{ path: [...at, source.kind], message: 'asks for what `receive: nothing` does not read' }]
      : [];
  });
}

const READ: ReadonlySet<SourceKind> = new Set(['received', 'regex']);
