/** A word that any POSIX shell reads back as exactly this text. It must not hold a NUL, which no shell can. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As `shellQuote`, and plain where nothing has to be quoted: for people. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : shellQuote(text);
}
