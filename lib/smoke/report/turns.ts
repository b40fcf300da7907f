/** What turns the direction of writing: lines that hold one read otherwise than they are (CVE-2021-42574). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text that reads in the order in which it is. */
export function withoutTurns(text: string): string {
  return text.replace(TURNS, '');
}
