import { listAt, textAt } from '../../../kubernetes/fields.ts';
import { tidy } from '../causes/tidy.ts';
import { eventsOn } from '../events.ts';
import type { Verdict } from '../outcome.ts';
import { type Scene, say } from '../scene.ts';

export function judgeService(scene: Scene): Verdict {
  const { object } = scene;
  if (textAt(object, 'spec', 'type') !== 'LoadBalancer') return say(scene, 'done', 'Exists', 'it needs no address from outside');
  if (textAt(object, 'spec', 'clusterIP') === undefined) return say(scene, 'waiting', 'NoIPAssigned', 'it has no cluster IP yet');
  return withAddress(scene, ['SyncLoadBalancerFailed']);
}

export function judgeIngress(scene: Scene): Verdict {
  return withAddress(scene, ['FailedDeployModel', 'FailedBuildModel', 'Rejected']);
}

function withAddress(scene: Scene, troubles: readonly string[]): Verdict {
  const [entry] = listAt(scene.object, 'status', 'loadBalancer', 'ingress');
  const address = textAt(entry, 'hostname') ?? textAt(entry, 'ip');
  if (address !== undefined) return say(scene, 'done', 'HasAddress', `reached at ${address}`);
  const [event] = eventsOn(scene.object, scene.observed.events, troubles);
  return say(scene, 'waiting', 'NoAddress', event === undefined ? 'its load balancer has no address yet' : tidy(event.message));
}
