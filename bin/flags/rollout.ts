import { type Command, InvalidArgumentError, Option } from 'commander';
import { ROLLOUT_KINDS } from '../../lib/rollout/kinds.ts';
import { kindNamed, type RolloutTarget } from '../../lib/rollout/live/target.ts';
import { STATUS_MODES, type StatusMode } from '../../lib/rollout/status/modes.ts';
import { addConnectionFlags, type ConnectionFlags } from './connection.ts';
import type { GlobalFlags } from './global.ts';
import { named } from './values.ts';

export interface RolloutFlags extends ConnectionFlags, GlobalFlags {
  readonly image?: string;
  readonly digest?: readonly string[];
  readonly container?: string;
  readonly mode?: StatusMode;
}

export type Workload = Pick<RolloutTarget, 'kind' | 'name'>;

/** `KIND/NAME`, the kind as kubectl takes it. */
export function workload(text: string): Workload {
  const [word = '', name = '', ...more] = text.split('/');
  if (name === '' || more.length > 0) throw new InvalidArgumentError('Give it as KIND/NAME, as in deployment/web.');
  const kind = kindNamed(word);
  if (kind === undefined)
    throw new InvalidArgumentError(
      `${JSON.stringify(word)} cannot be waited for: ${ROLLOUT_KINDS.join(', ')} can, and Rollout is that of Argo Rollouts.`,
    );
  return { kind, name };
}

function digests(value: string, previous: readonly string[] = []): string[] {
  if (!/^sha256:[0-9a-f]{64}$/.test(value)) throw new InvalidArgumentError('Give it as sha256: and 64 hexadecimal digits.');
  return [...previous, value];
}

export function addRolloutFlags(command: Command): Command {
  command
    .option(
      '--image <reference>',
      'wait until the template names this image (tag, digest, or repository with either), then for its rollout',
      named,
    )
    .option(
      '--digest <sha256>',
      'prove afterwards that the pods run this digest and nobody else answers behind their Services; may be repeated: any of them counts',
      digests,
    )
    .option('--container <name>', 'the container that --digest is about, where a pod has several', named)
    .addOption(new Option('--mode <name>', 'whose rules decide (default: verdict)').choices(STATUS_MODES));
  return addConnectionFlags(command);
}
