import { parseKnownFiles } from '@smithy/core/config';
import { BadInputError } from '../platform/errors.ts';

/**
 * Asks the AWS configuration for a profile. The SDK takes a name that is not there for a profile without credentials and goes on to the next place: on an
 * instance with a role, a slip of the pen would make a command work as somebody else.
 * @throws BadInputError when there is none of this name
 */
export async function assertProfile(name: string): Promise<void> {
  if (Object.hasOwn(await parseKnownFiles({}), name)) return;
  throw new BadInputError(`there is no profile ${JSON.stringify(name)} in the AWS configuration`, {
    hint: 'correct --profile or AWS_PROFILE; aws configure list-profiles shows what there is',
  });
}
