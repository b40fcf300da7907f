import { secretHider } from '../../platform/hide-secrets.ts';
import { redactText } from '../../platform/redact.ts';

/** A secret of fewer letters is part of any text: to take it out would make nothing readable and would hide nothing. */
export const SHORTEST_SECRET = 4;
/** `true`, `none`, `eu-1`. */
const SHORTEST_LIKELY = 6;
export const WITHHELD = '[withheld]';

/** Collects what a run must not tell, and takes it out of what is told. */
export interface SecretKeeper {
  add(secrets: Iterable<string>): void;
  /** Those that may be secrets, going by their names: short ones are left alone, for they would be found in any text. */
  addLikely(secrets: Iterable<string>): void;
  /** Whether one of them is so short that no text which may hold it can be told. */
  readonly withholds: boolean;
  /** A text that cannot hold a secret of the suite but by accident: names, addresses. */
  clean(text: string): string;
  /** A text that quotes requests or answers. */
  quote(text: string): string;
}

export function secretKeeper(): SecretKeeper {
  const known = new Set<string>();
  let withholds = false;
  const hider = secretHider();
  let hide: ((text: string) => string) | undefined;
  const clean = (text: string): string => {
    // What is known first: a pattern may take away but a part of it.
    hide ??= remembered((each) => redactText(hider.hide(each)));
    return hide(text);
  };
  const learn = (secret: string): void => {
    if (known.has(secret)) return;
    known.add(secret);
    hider.add(secret);
    hide = undefined;
  };
  return {
    add(secrets) {
      for (const secret of secrets) {
        if (secret.length < SHORTEST_SECRET) withholds ||= secret !== '';
        else learn(secret);
      }
    },
    addLikely(secrets) {
      for (const secret of secrets) if (secret.length >= SHORTEST_LIKELY) learn(secret);
    },
    get withholds() {
      return withholds;
    },
    clean,
    quote: (text) => (withholds ? WITHHELD : clean(text)),
  };
}

/** Most texts of a suite are those of many checks. */
function remembered(hide: (text: string) => string): (text: string) => string {
  const done = new Map<string, string>();
  return (text) => {
    const known = done.get(text);
    if (known !== undefined) return known;
    const clean = hide(text);
    if (done.size < 10_000) done.set(text, clean);
    return clean;
  };
}
