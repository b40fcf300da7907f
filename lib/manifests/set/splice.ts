/** A part of a text that is replaced. Offsets count UTF-16 units. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function spliced(text: string, { start, end, text: inserted }: Splice): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

/** How much longer a splice makes the text. */
export function growthOf({ start, end, text }: Splice): number {
  return text.length - (end - start);
}
