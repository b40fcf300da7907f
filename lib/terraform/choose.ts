import { BadInputError } from '../platform/errors.ts';
import { nearestWord } from '../schedule/nearest-word.ts';
import type { TerraformOutput } from './outputs.ts';

export interface Choice {
  readonly names: readonly string[];
  readonly showSensitive: boolean;
}

export interface Chosen {
  /** All that was asked for. */
  readonly all: readonly TerraformOutput[];
  /** Those whose values may be shown. */
  readonly shown: readonly TerraformOutput[];
  /** Names of the others. */
  readonly masked: readonly string[];
}

/** @throws BadInputError for a name that no output has */
export function chooseOutputs(outputs: readonly TerraformOutput[], { names, showSensitive }: Choice): Chosen {
  for (const name of names) if (!outputs.some((output) => output.name === name)) throw noSuchOutput(name, outputs);
  const all = names.length === 0 ? outputs : outputs.filter(({ name }) => names.includes(name));
  const isShown = ({ sensitive }: TerraformOutput): boolean => showSensitive || !sensitive;
  return { all, shown: all.filter(isShown), masked: all.filter((output) => !isShown(output)).map(({ name }) => name) };
}

function noSuchOutput(name: string, outputs: readonly TerraformOutput[]): BadInputError {
  const near = nearestWord(
    name,
    outputs.map((output) => output.name),
  );
  return new BadInputError(`there is no output ${name}`, {
    hint: near === undefined ? 'an output that is null is left out by Terraform; add it, or correct the name' : `did you mean ${near}?`,
  });
}
