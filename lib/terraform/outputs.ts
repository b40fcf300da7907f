import { BadInputError } from '../platform/errors.ts';
import { type Found, findDocument } from './find-document.ts';
import { readType, type TerraformType } from './type.ts';
import { isObject, memberOf, type TerraformObject, type TerraformValue } from './value.ts';

export interface TerraformOutput {
  readonly name: string;
  readonly sensitive: boolean;
  readonly type: TerraformType;
  readonly value: TerraformValue;
}

export interface ReadOutputs {
  /** In the order of the document, which is that of their names. */
  readonly outputs: readonly TerraformOutput[];
  readonly warnings: readonly string[];
}

const WRAPPER = 'a wrapper writes to standard output (for setup-terraform, set terraform_wrapper: false)';
const EMPTY =
  'there are no outputs: Terraform says so, with success, also where there is no state yet, or in the wrong directory or workspace';

/**
 * Reads what `terraform output -json` (or `tofu output -json`) wrote, with what wrappers wrote around it.
 * @param where what errors call it: a file, or `terraform output`
 * @throws BadInputError for anything else; it repeats nothing of the text
 */
export function readOutputs(text: string, where: string): ReadOutputs {
  const found = findDocument(text, isOutputs);
  if (found.kind !== 'found') throw notOutputs(text, found, where);
  // `isOutputs` has seen to it.
  const entries = Object.entries(found.value as Readonly<Record<string, TerraformObject>>);
  const warnings: string[] = [];
  if (found.around) warnings.push(aroundText(where, found.around));
  if (entries.length === 0) warnings.push(`${where}: ${EMPTY}`);
  const outputs = entries.map(([name, entry]) => readOutput(name, entry, warnings));
  return { outputs, warnings };
}

function isOutputs(value: TerraformValue): boolean {
  return isObject(value) && Object.values(value).every(isEntry);
}

/** Later versions may tell more of an output. */
function isEntry(entry: TerraformValue): boolean {
  if (!isObject(entry)) return false;
  const sensitive = memberOf(entry, 'sensitive');
  return memberOf(entry, 'value') !== undefined && (sensitive === undefined || typeof sensitive === 'boolean');
}

function readOutput(name: string, entry: TerraformObject, warnings: string[]): TerraformOutput {
  const written = memberOf(entry, 'type');
  const type = readType(written);
  if (type === undefined && written !== undefined)
    warnings.push(`output ${name} has a type that is not known; it is read as its value is written`);
  return {
    name,
    sensitive: memberOf(entry, 'sensitive') === true,
    type: type ?? { kind: 'dynamic' },
    value: memberOf(entry, 'value') ?? null,
  };
}

function aroundText(where: string, { before, after }: { readonly before: number; readonly after: number }): string {
  return `${where}: the outputs were found among other lines, ${before} before and ${after} after them: ${WRAPPER}`;
}

/** What people give by mistake, by what it looks like. */
function notOutputs(text: string, found: Exclude<Found, { readonly kind: 'found' }>, where: string): BadInputError {
  const wanted = 'give what terraform output -json prints';
  const fail = (why: string, hint = wanted): BadInputError => new BadInputError(`${where} cannot be read: ${why}`, { hint });
  if (text.trim() === '') return fail('it is empty', `${wanted}; a failed command prints nothing`);
  if (text.includes('\0')) return fail('it is not UTF-8 text', `${wanted}, saved as UTF-8 (PowerShell's > writes UTF-16)`);
  if (found.kind === 'none') {
    const place = found.at ? ` (line ${found.at.line}, column ${found.at.column})` : '';
    return fail(`it is no JSON, and no outputs are in it${place}`);
  }
  const { value } = found;
  if (!isObject(value)) return fail('it is a single value', `${wanted} without the name of an output`);
  if ('format_version' in value && ('resource_changes' in value || 'planned_values' in value))
    return fail('it is a plan, not outputs', `${wanted}, or read it with nightshift terraform plan`);
  if ('format_version' in value || 'lineage' in value) return fail('it is a state, not outputs');
  return fail('it is JSON, but no outputs: each has a value, and may have a type and sensitive');
}
