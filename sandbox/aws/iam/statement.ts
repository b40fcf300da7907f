import type { Condition, RequestContext } from './conditions.ts';
import { conditionsHold } from './conditions.ts';
import { matchesArn, matchesText } from './wildcard.ts';

/** A statement of a policy that has been read and checked. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** May this be done? */
export interface AccessQuestion {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN, or `*` for actions that know no resources. */
  readonly resource: string;
  readonly context?: RequestContext;
}

export function matchesAction(pattern: string, action: string): boolean {
  return matchesText(pattern, action, { ignoreCase: true });
}

/** Whether the statement speaks of this request, whatever it says about it. */
export function applies(statement: Statement, { action, resource, context = {} }: AccessQuestion): boolean {
  return (
    statement.actions.some((pattern) => matchesAction(pattern, action)) &&
    statement.resources.some((pattern) => matchesArn(pattern, resource)) &&
    conditionsHold(statement.conditions, context)
  );
}
