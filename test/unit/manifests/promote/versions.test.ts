import { describe, expect, it } from 'vitest';
import { versionStep } from '../../../../lib/manifests/promote/versions.ts';

/** Each in order; every version is compared with every other. */
const ascending: Readonly<Record<string, readonly string[]>> = {
  "semver's own examples, and beyond": [
    '0.9.0',
    'v1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.1',
    '1.2.3',
    '1.10.0',
    'v2',
    '18.4.1',
  ],
  'pre-releases with a number in the word': ['1.2.3-rc', '1.2.3-rc1', '1.2.3-rc9', '1.2.3-rc.10', '1.2.3-rc11', '1.2.3'],
  'words before a version': ['release-1.2', 'release-v1.9', 'release-1.10-rc.1', 'release-1.10', 'release-2'],
  'an application before a version': ['web2-1.9.0', 'web2-1.10.0-rc9', 'web2-1.10.0-rc10', 'web2-1.10.0'],
  branches: ['release/1.9', 'release/1.10'],
  'builds by number': ['build-9', 'build-41', 'build-42'],
  'letters and a number': ['rc9', 'rc10', 'rc11.1'],
  'plain numbers': ['9', '41', '42'],
  'four numbers': ['1.2.3', '1.2.3.9', '1.2.3.10', '1.2.4'],
  'later builds of a version': ['v1.2.3-rc1_7', 'v1.2.3', 'v1.2.3_1', 'v1.2.3_2', 'v1.2.3_10', 'v1.2.4_1'],
  'what git describe prints': [
    'v1.2.2',
    'v1.2.3-rc.1',
    'v1.2.3-rc.1-3-g9f1c2ab',
    'v1.2.3',
    'v1.2.3-5-gffffffa',
    'v1.2.3-12-g0000001',
    'v1.2.4',
  ],
  dates: ['2023-12-31', '2024-01-02', '2024-01-02-2', '2024-01-02-10', '2024-01-10'],
  'dates without hyphens': ['20231231', '20240102', '20240102.1', '20240102.2', '20240103'],
  'dates with the time': ['20231231235959', '20240102000000', '20240102000001'],
  'dates with words': ['RELEASE.2023-12-31T23-59-59Z', 'RELEASE.2024-01-02T03-04-05Z', 'RELEASE.2024-01-02T13-04-05Z'],
  'dates in a version': ['2023.12.31', '2024.01.02', '2024.1.3', '2024.10'],
  'variants of an image': ['1.2.3-alpine3.9', '1.2.3-alpine3.18', '1.2.4-alpine3.9'],
  'revisions of a distribution': ['1.2.3-debian-11-r10', '1.2.3-debian-12-r9', '1.2.3-debian-12-r10'],
  'builds of a virtual machine': ['17.0.9_9-jre', '17.0.9_10-jre', '17.0.10_1-jre'],
  'notations of their own': ['8u92-b08', '8u392-b05', '8u392-b08'],
  'versions of Python packages': ['1.2.3rc9', '1.2.3rc10', '1.3.0rc1'],
};

describe('versionStep', () => {
  it.each(Object.entries(ascending))('goes up in %s', (_what, versions) => {
    for (const [low, from] of versions.entries()) {
      for (const [high, to] of versions.entries()) {
        const step = low < high ? 'up' : low > high ? 'down' : 'same';
        expect(`${from} ${to} ${versionStep(from, to)}`).toBe(`${from} ${to} ${step}`);
      }
    }
  });

  it.each([
    ['1.0.0', '1.0.0+build.7'],
    ['v1.2.0', '1.2'],
    ['release-v1.2', 'release-1.2.0'],
    ['1.0.0-rc.1', '1.0.0-rc1'],
    ['latest', 'latest'],
    ['9f1c2ab', '9f1c2ab'],
  ])('is none from %s to %s', (from, to) => {
    expect(versionStep(from, to)).toBe('same');
    expect(versionStep(to, from)).toBe('same');
  });

  it.each([
    ['9f1c2ab', '1234567'],
    ['9f1c2ab', 'a1b2c3d'],
    ['e123456', 'e023456'],
    ['99999999', '11111111'],
    ['main-9f1c2ab', 'main-1a2b3c4'],
    ['main-a1b2c3d', 'main-1234567'],
    ['1.2.3-main.9f1c2ab', '1.2.3-main.1a2b3c4'],
    ['v1.2.3-5-g9f1c2ab', 'v1.2.3-5-g1a2b3c4'],
    ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3300'],
    ['main', '1.0.0'],
    ['2.0.0', 'latest'],
    ['stable', 'edge'],
    ['web-1.2.0', 'api-1.1.0'],
    ['web-1.2.0', '1.1.0'],
    ['20240102', '1.2.3'],
    ['20240102', '20231231235959'],
    ['2024-01-02', '20231231'],
    ['1.2.3_x', '1.2.3'],
    ['1.2.3rc1', '1.2.3'],
    ['~2.1', '~2.0'],
    ['>=1.2', '>=1.1'],
    ['12:30', '11:30'],
    ['500m', '250m'],
    ['1.5Gi', '0.5Gi'],
    ['', '1.0.0'],
  ])('is not known from %s to %s', (from, to) => {
    expect(versionStep(from, to)).toBe('unknown');
    expect(versionStep(to, from)).toBe('unknown');
  });
});
