import { type Fields, isFields } from '../../kubernetes/fields.ts';
import { invalidField } from '../object/status-error.ts';
import { wordFor } from '../object/word-for.ts';
import { valueAt } from './nested.ts';

/**
 * Names of the containers that wait in CrashLoopBackOff, in their order.
 * @throws StatusError for a wrong type or a null anywhere on the way (kstatus itself breaks there); what is left out is passed over
 */
export function crashLoopingContainers(object: Fields): readonly string[] {
  const path = 'status.containerStatuses';
  const statuses = valueAt(object, ['status', 'containerStatuses']);
  if (statuses === undefined) return [];
  if (!Array.isArray(statuses)) throw invalidField(path, wordFor(statuses), 'a list');
  return statuses.flatMap((entry: unknown, index) => crashLooping(entry, `${path}[${index}]`) ?? []);
}

function crashLooping(entry: unknown, path: string): string | undefined {
  const container = mapping(entry, path);
  if (container.name === undefined) return undefined;
  const name = text(container.name, `${path}.name`);
  if (container.state === undefined) return undefined;
  const { waiting } = mapping(container.state, `${path}.state`);
  if (waiting === undefined) return undefined;
  const { reason } = mapping(waiting, `${path}.state.waiting`);
  if (reason === undefined) return undefined;
  return text(reason, `${path}.state.waiting.reason`) === 'CrashLoopBackOff' ? name : undefined;
}

function mapping(value: unknown, path: string): Fields {
  if (isFields(value)) return value;
  throw invalidField(path, wordFor(value), 'a mapping');
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  throw invalidField(path, wordFor(value), 'a text');
}
