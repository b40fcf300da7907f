import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createServiceAccountIssuer } from '../../../sandbox/credentials/service-account-issuer.ts';
import { Home } from '../../support/aws/home.ts';
import { type Place, SignInWorld } from '../../support/aws/sign-in-world.ts';

const page = readFileSync(new URL('../../../docs/credentials.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| (.*?) +\| `([\w-]+)` +\|$/gm)].map(([, place = '', kind = '']) => ({ place, kind })).slice(1);

/** Every place of the page at once, each with credentials of its own; and what takes away each. */
async function everywhere(): Promise<{ readonly place: Place; readonly without: readonly Readonly<Record<string, string>>[] }> {
  const world = await SignInWorld.start(createServiceAccountIssuer());
  const parts = [world.environment(), world.keys('own'), world.webIdentity(), await world.container('ecs'), await world.instance()];
  const env = Object.assign({}, ...parts.map((part) => part.env)) as Record<string, string>;
  const files = Object.assign({}, ...parts.map((part) => part.files)) as Record<string, string>;
  const without = [
    {},
    { AWS_PROFILE: '' },
    { AWS_ACCESS_KEY_ID: '' },
    { AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_CONFIG_FILE: '/dev/null' },
    { AWS_WEB_IDENTITY_TOKEN_FILE: '' },
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: '' },
  ];
  return { place: { env: { ...env, AWS_EC2_METADATA_DISABLED: 'false' }, files }, without };
}

describe('the page on credentials', () => {
  it('has the places in the order in which they are taken', async () => {
    const { place, without } = await everywhere();
    const home = await Home.with(place);

    const found: string[] = [];
    for (const [index] of without.entries()) {
      const env = Object.assign({}, ...without.slice(0, index + 1)) as Record<string, string>;
      const { credentials } = (await home.runHere(['whoami', '-o', 'json'], env)).json() as { credentials: { kind: string } };
      found.push(credentials.kind);
    }

    expect(found).toEqual(rows.map(({ kind }) => kind));
  });

  it('names every variable that leads to a place', () => {
    const text = rows.map(({ place }) => place).join('\n');

    for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'])
      expect(text).toContain(`\`${name}\``);
  });

  it('names every way of a profile', () => {
    const [, ways = ''] = /by one of these \(`way`\): ([\s\S]*?)\. Roles/.exec(page) ?? [];

    expect([...ways.matchAll(/\(`([\w-]+)`\)/g)].map(([, way]) => way)).toEqual([
      'keys',
      'sso',
      'login',
      'process',
      'role',
      'web-identity',
    ]);
  });
});
