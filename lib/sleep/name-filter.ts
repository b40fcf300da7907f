/** A filter of names or labels as people bring it from the downscalers, compiled. */
export interface NameFilter {
  readonly source: string;
  /** Whether it matches all of the text: the reading that counts. */
  whole(text: string): boolean;
  /** Whether it matches somewhere in the text, as GoKubeDownscaler reads it. */
  anywhere(text: string): boolean;
}

/** @throws SyntaxError when it is no regular expression */
export function compileFilter(source: string): NameFilter {
  const pattern = withPlainPunctuation(source);
  const anywhere = new RegExp(pattern, 'u');
  const whole = new RegExp(`^(?:${pattern})$`, 'u');
  return { source, whole: (text) => whole.test(text), anywhere: (text) => anywhere.test(text) };
}

/**
 * Python and Go take `kube\-system`, which Python's re.escape used to write; JavaScript's strict mode does not. That mode stays, because
 * without it `\A` and `\Z` would silently be letters.
 */
function withPlainPunctuation(source: string): string {
  return source.replace(/\\([\s\S])/g, (escaped, character: string) =>
    /[-_#=:,;@%&~!<>'"` ]/.test(character) ? `\\x${character.charCodeAt(0).toString(16)}` : escaped,
  );
}
