import { type Asker, matchesPrincipal } from './principal.ts';
import type { ResourceStatement } from './read-resource-policy.ts';
import { type AccessQuestion, applies, type Statement } from './statement.ts';

export type Verdict = 'allowed' | 'explicitly denied' | 'not allowed';

/** Identity-based policies of one principal: a Deny wins over every Allow, and what nothing allows is denied. */
export function evaluate(statements: readonly Statement[], question: AccessQuestion): Verdict {
  const speaking = statements.filter((statement) => applies(statement, question));
  if (speaking.some(({ effect }) => effect === 'Deny')) return 'explicitly denied';
  return speaking.length > 0 ? 'allowed' : 'not allowed';
}

/** What a resource's own policy says to somebody; what identity-based policies say to them is another question. */
export function evaluateFor(asker: Asker, statements: readonly ResourceStatement[], question: AccessQuestion): Verdict {
  const meant = statements.filter(({ principals }) => principals.some((principal) => matchesPrincipal(principal, asker)));
  return evaluate(meant, question);
}
