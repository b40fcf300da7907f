const LONGEST = 140;

/** GitHub refuses a longer description; ours ends in an ellipsis then. */
export function cutDescription(text: string | undefined): { readonly description?: string } {
  if (text === undefined) return {};
  return { description: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text };
}
