import { tidy } from './tidy.ts';

/** Containerd, CRI-O and Docker word the same few causes in many ways. The first that fits names it. */
const CAUSES: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/toomanyrequests|too many requests|429/i, 'the registry limits how often it is asked'],
  [/no match for platform|no matching manifest|exec format/i, "not built for the node's platform"],
  [
    /unauthorized|authentication required|no basic auth|access (?:to the resource )?(?:is )?denied|insufficient_scope|forbidden|403|may require 'docker login'/i,
    'access denied: check the imagePullSecrets, and whether the repository exists',
  ],
  [/manifest unknown|not found|name unknown|does not exist|404/i, 'tag not found'],
  [/no such host|server misbehaving|name resolution/i, "the registry's name cannot be resolved"],
  [/x509|certificate|tls:/i, "the registry's certificate is not trusted"],
  [/connection refused|i\/o timeout|no route to host|network is unreachable|connection reset|dial tcp/i, 'the registry cannot be reached'],
  [/deadline exceeded|timeout|timed out/i, 'the registry did not answer in time'],
  [/no space left/i, "the node's disk is full"],
  [/signature/i, "the image's signature was refused"],
];

/** What kept an image from being pulled. Without a known cause it is the kubelet's own message. */
export function pullCause(reason: string, message: string, image: string | undefined): string {
  const named = image === undefined ? '' : ` (${image})`;
  if (reason === 'InvalidImageName') return `not a valid image name${named}`;
  if (reason === 'ErrImageNeverPull') return `not on the node, and imagePullPolicy is Never${named}`;
  // The image's own name is no cause: `example.org/not-found/web`.
  const said = image === undefined ? message : message.replaceAll(image, '');
  const cause = CAUSES.find(([pattern]) => pattern.test(said))?.[1];
  if (cause === undefined) return tidy(message) || `the image cannot be pulled${named}`;
  return cause === 'tag not found' && image?.includes('@') ? `digest not found${named}` : `${cause}${named}`;
}
