import { redactText } from '../../../platform/redact.ts';

const LONGEST = 300;

/** What kubelet and API server put before every cause. */
const NOISE: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/rpc error: code = \w+ desc = /g, ''],
  [/^Error creating: /, ''],
  [/ preemption: .*$/, ''],
];

/** A text of the cluster as one line: without what is always there, without what looks like a credential, and not too long. */
export function tidy(text: string): string {
  const line = redactText(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  const clean = NOISE.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), line);
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST - 1)}…`;
}
