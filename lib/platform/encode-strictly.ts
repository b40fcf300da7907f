/** Percent-encodes everything but the unreserved characters of RFC 3986: a space is `%20`, and `!'()*`, which encodeURIComponent leaves, are encoded too. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
