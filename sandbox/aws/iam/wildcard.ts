const literally = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

/** `*` stands for any run of characters, `?` for one, everything else for itself. */
export function matchesText(pattern: string, text: string, { ignoreCase = false } = {}): boolean {
  const source = literally(pattern).replaceAll(/[*?]/g, (wildcard) => (wildcard === '*' ? '[^]*' : '[^]'));
  return new RegExp(`^${source}$`, ignoreCase ? 'i' : '').test(text);
}

/**
 * How the Resource of a policy matches an ARN: wildcards stay within a segment (the parts between colons), but a `*` that ends its segment
 * reaches over what follows (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html). Case counts.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const source = literally(pattern).replaceAll(/(\*(?=:|$))|(\*)|\?/g, (_, last?: string, inner?: string) =>
    last ? '[^]*' : inner ? '[^:]*' : '[^:]',
  );
  return new RegExp(`^${source}$`).test(arn);
}

/** `ArnLike`: each of the six parts of an ARN on its own (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html). */
export function isArnLike(pattern: string, arn: string): boolean {
  const wanted = partsOf(pattern);
  const given = partsOf(arn);
  return wanted.length === given.length && wanted.every((part, index) => matchesText(part, given[index] ?? ''));
}

/** The last part keeps its colons. */
function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
