/** What YAML 1.1 or 1.2, or a reader in wide use, takes for something else than a text. */
const OTHER_TYPES: readonly RegExp[] = [
  /^(?:y|n|yes|no|on|off|true|false|null|~)$/i,
  /^[-+]?0[xob][0-9a-f_]*$/i,
  // Integers, floats and exponents such as the commit hash 12e4567; a point or digits must be there.
  /^[-+]?(?=[0-9._]*[0-9.]|[eE])[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
  // Base 60: the time 12:30:45, the port pair 22:22.
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt\s]|$)/,
  /^(?:=|<<)$/,
];

const INDICATOR_FIRST = /^(?:[#&*!|>'"%@`[\]{},]|[-?:](?:\s|$)|(?:---|\.\.\.)(?:\s|$))/;
const ENDS_OR_COMMENTS = /:(?:\s|$)|\s#/;
/** Both versions allow a question mark inside, as in `http://web/?q=1`; PyYAML, and with it Ansible, refuses the file. */
const FLOW_UNSAFE = /[,[\]{}?]|^:/;
/** Control characters, line breaks of any kind, the byte order mark and noncharacters. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u;

/** Can the text stand without quotes, and still be a text to every reader? */
export function isPlainSafe(text: string, inFlow: boolean): boolean {
  if (text === '' || text.trim() !== text || UNPRINTABLE.test(text)) return false;
  if (INDICATOR_FIRST.test(text) || ENDS_OR_COMMENTS.test(text)) return false;
  if (inFlow && FLOW_UNSAFE.test(text)) return false;
  return !OTHER_TYPES.some((type) => type.test(text));
}

/** Can it stand between single quotes, on one line? A tab may. */
export function isSingleQuotable(text: string): boolean {
  return !UNPRINTABLE.test(text.replaceAll('\t', ''));
}

/** Can its lines stand in a block scalar? */
export function isBlockPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text.replaceAll(/[\t\n]/g, ''));
}
