import { describe, expect, it } from 'vitest';
import { exitCause } from '../../../../lib/rollout/verdict/causes/exit-cause.ts';
import { pullCause } from '../../../../lib/rollout/verdict/causes/pull-cause.ts';
import { tidy } from '../../../../lib/rollout/verdict/causes/tidy.ts';

const IMAGE = 'example.org/not-found/web:9';
const resolve = `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}"`;

describe('what kept an image from being pulled', () => {
  it.each([
    [`rpc error: code = NotFound desc = ${resolve}: ${IMAGE}: not found`, 'tag not found'],
    ['Error response from daemon: manifest for web:9 not found: manifest unknown', 'tag not found'],
    ['reading manifest 9 in example.org/web: manifest unknown', 'tag not found'],
    [
      `${resolve}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
      'access denied',
    ],
    [`${resolve}: unexpected status from HEAD request to https://example.org/v2/web/manifests/9: 401 Unauthorized`, 'access denied'],
    ['Head "https://1234.dkr.ecr.eu-central-1.amazonaws.com/v2/web/manifests/9": no basic auth credentials', 'access denied'],
    ['403 Forbidden', 'access denied'],
    ['toomanyrequests: You have reached your pull rate limit', 'limits how often'],
    ['no matching manifest for linux/arm64/v8 in the manifest list entries', "not built for the node's platform"],
    ['no match for platform in manifest: not found', "not built for the node's platform"],
    ['dial tcp: lookup registry.invalid on 10.0.0.2:53: no such host', 'name cannot be resolved'],
    ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 'certificate is not trusted'],
    ['dial tcp 192.0.2.1:443: connect: connection refused', 'cannot be reached'],
    ['dial tcp 192.0.2.1:443: i/o timeout', 'cannot be reached'],
    ['context deadline exceeded', 'did not answer in time'],
    ['write /var/lib/containerd/x: no space left on device', 'disk is full'],
  ])('%s', (message, words) => {
    expect(pullCause('ErrImagePull', message, IMAGE)).toContain(words);
    expect(pullCause('ErrImagePull', message, IMAGE)).toContain(`(${IMAGE})`);
  });

  it('is the digest where the image has one', () => {
    const image = `example.org/web@sha256:${'1'.repeat(64)}`;

    expect(pullCause('ErrImagePull', `${image}: not found`, image)).toBe(`digest not found (${image})`);
  });

  it.each([
    ['InvalidImageName', 'not a valid image name (web:)'],
    ['ErrImageNeverPull', 'not on the node, and imagePullPolicy is Never (web:)'],
  ])('is told by the reason alone for %s', (reason, words) => {
    expect(pullCause(reason, '', 'web:')).toBe(words);
  });

  it("is the kubelet's own message where nobody knows it, and something where there is none", () => {
    expect(pullCause('ErrImagePull', 'rpc error: code = Unknown desc = the moon is full', 'web:1')).toBe('the moon is full');
    expect(pullCause('ErrImagePull', '', 'web:1')).toBe('the image cannot be pulled (web:1)');
  });
});

describe('how a container ended', () => {
  it.each([
    [{ exitCode: 1, reason: 'Error' }, 'exited with code 1'],
    [{ exitCode: 127 }, 'exited with code 127 (the command was not found)'],
    [{ exitCode: 139, message: 'panic:\n  at main' }, 'exited with code 139 (segmentation fault): panic: at main'],
    [{ exitCode: 137, reason: 'OOMKilled' }, 'out of memory (memory limit 64Mi)'],
    [{ reason: 'ContainerStatusUnknown' }, 'ContainerStatusUnknown'],
    [{}, 'ended'],
  ])('%j', (terminated, words) => {
    expect(exitCause(terminated, '64Mi')).toBe(words);
  });

  it('is said without a limit where the container has none', () => {
    expect(exitCause({ reason: 'OOMKilled' }, undefined)).toBe('out of memory (no memory limit)');
  });
});

describe('a text of the cluster', () => {
  it('becomes one line that is not too long', () => {
    expect(tidy('a\n\tb\u001b[31m c')).toBe('a b [31m c');
    expect(tidy('x'.repeat(1_000))).toHaveLength(300);
  });

  it('keeps the names of Secrets, and none of their values', () => {
    expect(tidy('secret "web-login" not found')).toBe('secret "web-login" not found');
    expect(tidy('connect postgres://shop:hunter2@db/shop failed, password=hunter2')).not.toContain('hunter2');
  });
});
