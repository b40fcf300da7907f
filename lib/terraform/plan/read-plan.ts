import { BadInputError } from '../../platform/errors.ts';
import { findDocument } from '../find-document.ts';
import { isObject, type TerraformValue } from '../value.ts';
import { type PlanDocument, planSchema } from './plan-document.ts';

export interface ReadPlan {
  readonly plan: PlanDocument;
  readonly warnings: readonly string[];
}

const WANTED = 'give what terraform show -json PLANFILE prints';

/**
 * Reads `terraform show -json PLANFILE`, with what wrappers wrote around it.
 * @throws BadInputError for anything else; it repeats nothing of the text
 */
export function readPlan(text: string, where: string): ReadPlan {
  const found = findDocument(text, isPlan);
  if (found.kind !== 'found') throw noPlan(text, found.kind === 'other' ? found.value : undefined, where);
  const { success, data, error } = planSchema.safeParse(found.value);
  if (!success) {
    const places = error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new BadInputError(`${where} cannot be read: the plan is not as documented at ${places}`, { hint: WANTED });
  }
  const warnings: string[] = [];
  if (found.around) warnings.push(`${where}: the plan was found among other lines: a wrapper writes to standard output`);
  if (!/^[01]\./.test(data.format_version))
    warnings.push(`${where}: the plan has format ${data.format_version}; what is known here is 1, and its words may mean something else`);
  return { plan: data, warnings };
}

function isPlan(value: TerraformValue): boolean {
  return (
    isObject(value) && 'format_version' in value && ('resource_changes' in value || 'planned_values' in value || 'output_changes' in value)
  );
}

function noPlan(text: string, value: TerraformValue | undefined, where: string): BadInputError {
  const fail = (why: string, hint = WANTED): BadInputError => new BadInputError(`${where} cannot be read: ${why}`, { hint });
  if (text.trim() === '') return fail('it is empty', `${WANTED}; a failed command prints nothing`);
  if (text.startsWith('PK')) return fail('it is the plan file itself', 'print it first: terraform show -json PLANFILE');
  if (/"@level"\s*:/.test(text))
    return fail('it is the log of terraform plan -json', 'keep the plan with -out=PLANFILE, then print it: terraform show -json PLANFILE');
  if (isObject(value) && 'format_version' in value) return fail('it is a state, not a plan');
  if (isObject(value) && Object.values(value).some((each) => isObject(each) && 'sensitive' in each))
    return fail('it holds outputs, not a plan');
  return fail(value === undefined ? 'it is no JSON, and no plan is in it' : 'it is JSON, but no plan');
}
