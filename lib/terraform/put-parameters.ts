import { RefusedError } from '../platform/errors.ts';
import type { ParameterWriter, StoredParameter } from '../platform/parameter-writer.ts';
import type { OutputParameter } from './ssm-format.ts';

export type PutAction = 'created' | 'changed' | 'unchanged' | 'failed' | 'left';

export interface PutItem {
  readonly parameter: OutputParameter;
  readonly action: PutAction;
}

export interface PutResult {
  readonly items: readonly PutItem[];
  /** What ended the work; the items after it were left. */
  readonly error?: unknown;
}

/**
 * Writes what is not in the store as it is to be; what is stays untouched, so that no version is made for nothing and the work may be repeated.
 * The first failure ends it.
 * @throws RefusedError, with nothing written, when a parameter is there with another type: Parameter Store cannot change it
 */
export async function putParameters(
  parameters: readonly OutputParameter[],
  writer: ParameterWriter,
  signal?: AbortSignal,
): Promise<PutResult> {
  const stored = await writer.read(
    parameters.map(({ name }) => name),
    signal,
  );
  for (const parameter of parameters) assertSameType(parameter, stored.get(parameter.name));
  const items: PutItem[] = [];
  let failure: { readonly error: unknown } | undefined;
  for (const parameter of parameters) {
    const there = stored.get(parameter.name);
    if (failure) items.push({ parameter, action: 'left' });
    else if (there?.value === parameter.value) items.push({ parameter, action: 'unchanged' });
    else {
      failure = await failureOf(writer.write(parameter, signal));
      items.push({ parameter, action: failure ? 'failed' : there ? 'changed' : 'created' });
    }
  }
  return { items, ...failure };
}

async function failureOf(work: Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return { error };
  }
}

function assertSameType({ name, type, output }: OutputParameter, there: StoredParameter | undefined): void {
  if (there === undefined || there.type === type) return;
  throw new RefusedError(
    `parameter ${name} is a ${there.type}, and output ${output} would make it a ${type}: Parameter Store cannot change that`,
    {
      hint: 'nothing was written; delete the parameter first, or choose another --prefix',
    },
  );
}
