import { describe, expect, it } from 'vitest';
import { readRules } from '../../../../lib/manifests/promote/read-rules.ts';
import { BadInputError } from '../../../../lib/platform/errors.ts';

describe('the rules of a promotion', () => {
  it('are read with their defaults', () => {
    const rules = readRules(
      'version: 1\nrules:\n- image: r.io/web\n- {chart: [a, b], files: "*.yaml", optional: true}\n- {name: the flag, path: web.flag, files: values.yaml, document: Deployment/web, from: {path: flag}, allowDowngrade: true}\n- references: web=*:v2\n',
      'rules.yaml',
    );

    expect(rules).toMatchObject([
      { kind: 'image', label: 'r.io/web', names: ['r.io/web'], files: ['**/*'], optional: false, allowDowngrade: false },
      { kind: 'chart', label: 'a, b', names: ['a', 'b'], files: ['*.yaml'], optional: true },
      {
        kind: 'path',
        label: 'the flag',
        place: { path: 'web.flag', segments: [{ text: 'web' }, { text: 'flag' }], document: { kind: 'Deployment', name: 'web' } },
        from: { path: 'flag', segments: [{ text: 'flag' }], document: { kind: 'Deployment', name: 'web' } },
        allowDowngrade: true,
      },
      { kind: 'references', references: ['web=*:v2'], files: ['**/kustomization.yaml', '**/kustomization.yml', '**/Kustomization'] },
    ]);
  });

  it('tell all their problems, each with its line', () => {
    const text =
      'version: 2\nrules:\n- image: a\n  chart: b\n- imagee: a\n- {}\n- path: a..b\n  files: x\n- {path: a}\n- {references: [bad args]}\n- {image: [a, b], toImage: c, from: {}}\n';

    expect(() => readRules(text, 'rules.yaml')).toThrow(BadInputError);
    expect(() => readRules(text.replace('version: 2', 'version: 1').replace('- imagee: a\n', ''), 'r.yaml')).toThrow(
      [
        'the rules r.yaml cannot be used: line 3: rules[0] needs one of image, chart, path or references',
        'line 5: rules[1] needs one of image, chart, path or references',
        'line 6: rules[2].path "a..b=" has no path that can be followed: a part of it is empty, in column 3',
        'line 8: rules[3] needs files: where is the path?',
        'line 9: rules[4].references[0] "bad args" is no image argument: it is no image',
        'line 10: rules[5].from belongs to a rule with a path',
        'line 10: rules[5].toImage belongs to a rule with one image',
      ].join('; '),
    );
    expect(() => readRules(text, 'rules.yaml')).toThrow(/line 1: version .*; line 5: rules\[1\]\.imagee unknown field/);
  });

  it.each(['', 'version: 1\nrules: []\n', 'rules: [', '- 1\n'])('are refused when they are %j', (text) => {
    expect(() => readRules(text, 'r.yaml')).toThrow(/^the rules r\.yaml cannot be used: line [12]: /);
  });
});
