/** What SSM takes in a parameter of the tier that costs nothing. */
export const LARGEST_DOCUMENT_BYTES = 4096;

/** Parameters that the text of one suite may take. */
export const MOST_PIECES = 20;

/** A text in pieces that each fit into a parameter, cut between characters; one after the other they are the text again. */
export function inPieces(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LARGEST_DOCUMENT_BYTES) {
      pieces.push(piece);
      [piece, bytes] = ['', 0];
    }
    piece += character;
    bytes += size;
  }
  return [...pieces, piece];
}
