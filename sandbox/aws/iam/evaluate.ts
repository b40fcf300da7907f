import { type AccessQuestion, applies, type Statement } from './statement.ts';

export type Verdict = 'allowed' | 'explicitly denied' | 'not allowed';

/** Identity-based policies of one principal: a Deny wins over every Allow, and what nothing allows is denied. */
export function evaluate(statements: readonly Statement[], question: AccessQuestion): Verdict {
  const speaking = statements.filter((statement) => applies(statement, question));
  if (speaking.some(({ effect }) => effect === 'Deny')) return 'explicitly denied';
  return speaking.length > 0 ? 'allowed' : 'not allowed';
}
