import { type Fields, listAt, textAt } from '../../kubernetes/fields.ts';
import type { Reason } from '../verdict/outcome.ts';
import { hasEnded, isLeaving, nameOf } from '../verdict/pods/pod-findings.ts';
import { containersFor, type ExpectedImage } from './expected-image.ts';
import { parseImageId } from './image-id.ts';

/** What one container was found to run. */
export interface RunningImage {
  readonly pod: string;
  readonly container: string;
  /** As the node says; absent before it was pulled. */
  readonly digest?: string;
  readonly expected: boolean;
}

export interface PodsJudgement {
  readonly images: readonly RunningImage[];
  readonly problems: readonly Reason[];
}

/** Whether every living pod runs what it should. */
export function judgePods(pods: readonly Fields[], expected: readonly ExpectedImage[]): PodsJudgement {
  const living = pods.filter((pod) => !isLeaving(pod) && !hasEnded(pod));
  if (living.length === 0) {
    const message = 'no pod of the new revision runs, so nothing proves which version answers';
    return { images: [], problems: [{ resource: 'Pod', reason: 'NoPods', message }] };
  }
  const found = living.flatMap((pod) => expected.map((image) => judgePod(pod, image)));
  return { images: found.flatMap(({ images }) => images), problems: found.flatMap(({ problems }) => problems) };
}

function judgePod(pod: Fields, expected: ExpectedImage): PodsJudgement {
  const resource = `Pod/${nameOf(pod)}`;
  const names = containersFor(expected, pod);
  if (names.length === 0) return { images: [], problems: [noContainer(resource, pod, expected)] };
  const images = names.map((container): RunningImage => {
    const status = listAt(pod, 'status', 'containerStatuses').find((each) => textAt(each, 'name') === container);
    const digest = parseImageId(textAt(status, 'imageID') ?? '')?.digest;
    return {
      pod: nameOf(pod),
      container,
      ...(digest !== undefined && { digest }),
      expected: digest !== undefined && expected.digests.includes(digest),
    };
  });
  return { images, problems: images.filter((image) => !image.expected).map((image) => otherImage(resource, image, expected)) };
}

function noContainer(resource: string, pod: Fields, { container, repository }: ExpectedImage): Reason {
  const names = listAt(pod, 'spec', 'containers').map((each) => textAt(each, 'name') ?? '');
  const wanted =
    container !== undefined ? `named ${container}` : repository !== undefined ? `with an image of ${repository}` : 'that is the only one';
  return { resource, reason: 'NoContainer', message: `no container ${wanted}; it has ${names.join(', ') || 'none'}: name the container` };
}

function otherImage(resource: string, { container, digest }: RunningImage, { digests }: ExpectedImage): Reason {
  const message =
    digest === undefined ? 'its node does not say yet which image it runs' : `runs ${digest}, and not ${digests.join(' or ')}`;
  return { resource, container, reason: digest === undefined ? 'NoImageId' : 'OtherImage', message: `container ${container} ${message}` };
}
