import type { Identity } from '../../lib/rollout/live/identity.ts';
import type { RolloutResult } from '../../lib/rollout/live/wait.ts';
import type { Reason } from '../../lib/rollout/verdict/outcome.ts';

const SAID: Readonly<Record<RolloutResult['status'], string>> = {
  done: 'is rolled out',
  degraded: 'is rolled out, and not well',
  failed: 'failed',
  blocked: 'is blocked',
  timeout: 'was not rolled out in time',
};

/** The result for people: the first reason on the first line, the others below. */
export function rolloutText(result: RolloutResult, identity: Identity | undefined): string {
  const { kind, name, namespace, status, reasons, elapsedMs } = result;
  const [first, ...others] = reasons;
  const seconds = (elapsedMs / 1_000).toFixed(1);
  const why = first === undefined ? '' : `: ${reasonText(first, `${kind}/${name}`)}`;
  const head = `${kind}/${name} in ${namespace} ${SAID[status]}${why} (${seconds} s)`;
  return [head, ...others.map((reason) => `  ${reasonText(reason, `${kind}/${name}`)}`), ...(identity ? identityLines(identity) : [])].join(
    '\n',
  );
}

export function reasonText({ resource, message }: Reason, own: string): string {
  return resource === own || message.includes(resource) ? message : `${resource}: ${message}`;
}

function identityLines({ proven, reasons, images, services, endpoints }: Identity): readonly string[] {
  if (!proven) return ['what answers is not what was deployed:', ...reasons.map(({ resource, message }) => `  ${resource}: ${message}`)];
  const pods = new Set(images.map(({ pod }) => pod)).size;
  const behind =
    services.length === 0 ? 'no Service selects them' : `${endpoints} addresses behind ${services.join(', ')} lead to them alone`;
  return [`proven: ${pods} pods run the digest, and ${behind}`];
}
