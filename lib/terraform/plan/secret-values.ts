import { redactText } from '../../platform/redact.ts';
import { jsonText } from '../json.ts';
import { isList, isNumber, isObject, memberOf, type TerraformValue } from '../value.ts';
import type { PlanDocument } from './plan-document.ts';

export const MASK = '(sensitive)';

/** A shorter text is found in too many others that have nothing to do with it. */
const SHORTEST_WHOLE = 4;
const SHORTEST_PART = 6;

/** Text of a value as it may be shown. */
export type ValueText = (value: TerraformValue) => string;

/**
 * Terraform marks attributes as sensitive, and providers do not mark all: the copy of a password in a computed attribute is in clear in the plan, without a mark. So
 * a value that is sensitive anywhere in the plan is masked everywhere in it.
 */
export function valueText(plan: PlanDocument): ValueText {
  const secrets = [...secretsIn(plan)];
  const whole = new Set(secrets.filter((secret) => secret.length >= SHORTEST_WHOLE));
  const parts = secrets.filter((secret) => secret.length >= SHORTEST_PART).flatMap((secret) => [secret, jsonText(secret).slice(1, -1)]);
  return (value) => {
    const text = jsonText(value);
    if (whole.has(typeof value === 'string' ? value : text)) return MASK;
    return parts.some((part) => text.includes(part)) ? MASK : redactText(text);
  };
}

function secretsIn({
  resource_changes = [],
  resource_drift = [],
  output_changes = {},
  variables = {},
  configuration,
}: PlanDocument): Set<string> {
  const found = new Set<string>();
  for (const change of [...[...resource_changes, ...resource_drift].map((each) => each.change), ...Object.values(output_changes)]) {
    collect(change.before, change.before_sensitive, found);
    collect(change.after, change.after_sensitive, found);
  }
  for (const [name, { sensitive }] of Object.entries(configuration?.root_module?.variables ?? {}))
    if (sensitive) collect(variables[name]?.value, true, found);
  return found;
}

/** `marks` has the shape of the value, with `true` where all below is sensitive. */
function collect(value: TerraformValue | undefined, marks: TerraformValue | undefined, into: Set<string>): void {
  if (marks === true) for (const text of textsIn(value)) into.add(text);
  else if (isList(value) && isList(marks)) for (const [index, item] of value.entries()) collect(item, marks[index], into);
  else if (isObject(value) && isObject(marks)) for (const [key, item] of Object.entries(value)) collect(item, memberOf(marks, key), into);
}

function textsIn(value: TerraformValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isNumber(value)) return [value.value];
  if (isList(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
