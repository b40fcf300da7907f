import { describe, expect, it } from 'vitest';
import { problemsIn } from './problems-in.ts';

const HOME = 'account: "111122223333", region: eu-central-1';

function fileWith(stages: string, ...clusters: string[]): string {
  return `version: 1\nstages: { ${stages} }\nclusters:\n${clusters.map((cluster) => `  - { ${cluster} }\n`).join('')}`;
}

describe('stages and clusters', () => {
  it.each([
    [
      'a mistyped stage',
      fileWith('dev: {}', 'name: a, stage: dve'),
      ['4:16: clusters[0].stage: no stage is called dve; did you mean dev?'],
    ],
    [
      'a stage that nobody has heard of',
      fileWith('dev: {}, test: {}', 'name: a, stage: dev', 'name: b, stage: live'),
      [
        '2:20: stages.test: has no cluster; name it as the stage of one, or take it out',
        '5:16: clusters[1].stage: no stage is called live (stages: dev, test)',
      ],
    ],
    [
      'a stage called like a method',
      fileWith('dev: {}', 'name: a, stage: constructor', 'name: b, stage: dev'),
      ['4:16: clusters[0].stage: no stage is called constructor (stages: dev)'],
    ],
    [
      'a stage without a cluster',
      fileWith('dev: {}, test: {}', 'name: a, stage: dev'),
      ['2:20: stages.test: has no cluster; name it as the stage of one, or take it out'],
    ],
    [
      'one name for two clusters of a stage',
      fileWith(`dev: { ${HOME} }`, 'name: a, stage: dev', 'name: a, stage: dev, region: us-east-1'),
      ['5:7: clusters[1].name: a is in stage dev already; give this one a name of its own and say its eksName'],
    ],
    [
      'one cluster under two names',
      fileWith(`dev: { ${HOME} }`, 'name: a, stage: dev', 'name: b, eksName: a, stage: dev, account: "111122223333"'),
      ['5:7: clusters[1].name: is the same cluster as a; take one of them out'],
    ],
    [
      'one cluster, once by a role of its account',
      fileWith(`dev: { ${HOME} }`, 'name: a, stage: dev', 'name: b, eksName: a, stage: dev, roleArn: "arn:aws:iam::111122223333:role/x"'),
      ['5:7: clusters[1].name: is the same cluster as a; take one of them out'],
    ],
    [
      'a cluster elsewhere in a stage that may be anywhere',
      fileWith('dev: { region: eu-central-1 }', 'name: a, stage: dev, region: us-east-1', 'name: b, stage: dev, account: "444455556666"'),
      [
        '4:28: clusters[0].region: needs account and region of stage dev to be said as well, in stages.dev',
        '5:28: clusters[1].account: needs account and region of stage dev to be said as well, in stages.dev',
      ],
    ],
    [
      'an external id without its role',
      fileWith('dev: {}', 'name: a, stage: dev, externalId: team-7'),
      ['4:28: clusters[0].externalId: means nothing without roleArn'],
    ],
  ])('do not fit together with %s', (_, text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  it.each([
    ['the same name in two stages', fileWith('dev: {}, test: {}', 'name: a, stage: dev', 'name: a, stage: test')],
    [
      'one EKS name in two regions',
      fileWith(`dev: { ${HOME} }`, 'name: a, stage: dev', 'name: b, eksName: a, stage: dev, region: us-east-1'),
    ],
    [
      'a role of its own in a stage that may be anywhere',
      fileWith('dev: {}', 'name: a, stage: dev, account: "111122223333", roleArn: "arn:aws:iam::111122223333:role/x", externalId: x7'),
    ],
  ])('fit together with %s', (_, text) => {
    expect(problemsIn(text)).toEqual([]);
  });

  it('are compared only when both can be read', () => {
    expect(problemsIn('version: 1\nstages: 7\nclusters: [{ name: a, stage: dev }]\n')).toEqual([
      '2:1: stages: must be a section of names with sections of their own',
    ]);
    expect(problemsIn('version: 1\nstages: { dev: {} }\nclusters: 7\n')).toEqual([
      '3:1: clusters: must be a list; put it in brackets: [7]',
    ]);
  });
});
