import type { Reason } from '../verdict/outcome.ts';
import type { Endpoint } from './endpoints.ts';

export interface EndpointsJudgement {
  /** What is still to change: old pods that leave, and lists that lag behind their pods by a moment. */
  readonly pending: readonly Reason[];
  /** Addresses that serve, and are of the new pods. */
  readonly proven: number;
}

/**
 * Whether only the new pods answer behind each Service. A pod that is on its way out and serves still drains; an old one that is not on its way out will
 * answer for as long as nobody takes it away.
 */
export function judgeEndpoints(services: readonly string[], endpoints: readonly Endpoint[], pods: ReadonlySet<string>): EndpointsJudgement {
  const serving = endpoints.filter((endpoint) => endpoint.serving);
  const isNew = ({ pod }: Endpoint): boolean => pod !== undefined && pods.has(pod);
  const others = serving.filter((endpoint) => !isNew(endpoint));
  const silent = services.filter((service) => !serving.some((endpoint) => endpoint.service === service && isNew(endpoint)));
  return {
    pending: [...others.map(otherAnswers), ...silent.map(nobodyAnswers)],
    proven: serving.length - others.length,
  };
}

function otherAnswers({ service, address, pod, terminating }: Endpoint): Reason {
  if (pod === undefined) {
    const message = `behind Service/${service} ${address} answers, which is no pod of this rollout`;
    return { resource: `Service/${service}`, reason: 'OtherEndpoint', message };
  }
  return terminating
    ? {
        resource: `Pod/${pod}`,
        reason: 'Draining',
        message: `behind Service/${service} the old pod ${pod} answers still; it is on its way out`,
      }
    : {
        resource: `Pod/${pod}`,
        reason: 'OldPodAnswers',
        message: `behind Service/${service} the old pod ${pod} answers still, and is not on its way out`,
      };
}

function nobodyAnswers(service: string): Reason {
  return { resource: `Service/${service}`, reason: 'NoEndpoint', message: `behind Service/${service} no pod of this rollout answers` };
}
