import { DECIDED_AT, type DecisionVector, type Outcome, type Scene } from './decisions.ts';

type Fields = { -readonly [K in keyof Scene]: Scene[K] } & {
  readonly workload: Record<string, string>;
  readonly ofNamespace: Record<string, string>;
  readonly labels: Record<string, string>;
};

/**
 * Reads a decision as tables write it. The scene: `wl:` and `ns:` annotations, `label:`, `rN` replicas, `oX` the record, `age=` in seconds,
 * `in=` the namespace, `kind=`, `controller=` and `owner=` (apiVersion,Kind). The outcome: replicas, `oX` for a record that is there
 * afterwards, `, reported` when someone is told. A value with spaces stands in double quotes.
 */
export function vectorOf(scene: string, outcome: string, flags: readonly string[] = []): DecisionVector {
  const [, to = '', , original] = /^(\d+)( o(.*?))?(?:, reported)?$/.exec(outcome) ?? [];
  if (to === '') throw new Error(`${outcome} is not an outcome`);
  return {
    id: [scene || 'nothing', ...flags].join(' '),
    scenes: [sceneOf(scene)],
    flags,
    outcomes: [{ to: Number(to), original: recordOf(original) }],
    reported: outcome.endsWith(', reported'),
  };
}

function recordOf(text: string | undefined): Outcome['original'] {
  if (text === undefined) return null;
  return /^\d+$/.test(text) ? Number(text) : text;
}

function sceneOf(text: string): Scene {
  const scene: Fields = { workload: {}, ofNamespace: {}, labels: {} };
  for (const [, word = '', value] of text.matchAll(/([^\s=]+)(?:=("[^"]*"|\S*))?/g)) read(scene, word, value?.replace(/^"(.*)"$/, '$1'));
  return scene;
}

const maps = { wl: 'workload', ns: 'ofNamespace', label: 'labels' } as const;

function read(scene: Fields, word: string, value: string | undefined): void {
  const [scope = '', name] = word.split(':');
  if (name !== undefined && value !== undefined && scope in maps) scene[maps[scope as keyof typeof maps]][name] = value;
  else if (word === 'age') scene.createdAt = new Date(Date.parse(DECIDED_AT) - Number(value) * 1_000).toISOString();
  else if (word === 'in' && value) scene.namespace = value;
  else if (word === 'kind') scene.kind = value as NonNullable<Scene['kind']>;
  else if (word === 'controller' && value) scene.controller = value;
  else if (word === 'owner' && value) scene.owner = value.split(',') as unknown as readonly [string, string];
  else if (word === 'deleted') scene.deletedAt = DECIDED_AT;
  else if (/^r\d+$/.test(word)) scene.replicas = Number(word.slice(1));
  else if (word.startsWith('o') && value === undefined) scene.original = word.slice(1);
  else throw new Error(`${word} is no part of a scene`);
}
