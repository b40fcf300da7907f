import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { doesUnwanted } from '../../../lib/terraform/plan/fail-on.ts';
import { readPlan } from '../../../lib/terraform/plan/read-plan.ts';
import { summarisePlan } from '../../../lib/terraform/plan/summarise-plan.ts';
import { planText, recorded } from './documents.ts';

const summaryOf = (text: string) => summarisePlan(readPlan(text, 'test').plan);
const changeOf = (...args: Parameters<typeof planText>) => summaryOf(planText(...args)).changes[0]!;

describe('a plan that Terraform has printed', () => {
  const summary = summaryOf(recorded('plan-change'));
  const at = (address: string) => summary.changes.find((change) => change.address === address)!;

  it('is counted as Terraform counts it', () => {
    // "Plan: 1 to import, 4 to add, 2 to change, 2 to destroy." A replacement is an addition and a destruction there.
    expect(summary.counts).toEqual({
      ...{ create: 3, update: 2, replace: 1, destroy: 1, forget: 0, move: 1, import: 1, read: 0, unknown: 0, drift: 0, outputs: 18 },
    });
    expect(summary.warnings).toEqual([]);
  });

  it('begins with what is lost', () => {
    expect(summary.changes.map(({ action }) => action.kind)).toEqual([
      'destroy',
      'replace',
      'update',
      'update',
      'create',
      'create',
      'create',
      'none',
    ]);
  });

  it('says why an object is replaced or destroyed, and by which attribute', () => {
    expect(at('terraform_data.db')).toMatchObject({
      action: { kind: 'replace', old: 'destroyed-first' },
      reason: 'the provider cannot change it in place',
      forcedBy: ['triggers_replace'],
    });
    expect(at('terraform_data.db').attributes).toContainEqual({
      path: 'triggers_replace[0]',
      before: '"v1"',
      after: '"v2"',
      forcesReplacement: true,
    });
    expect(at('terraform_data.goes')).toMatchObject({ reason: 'it is not in the configuration any more', attributes: [] });
    expect(at('terraform_data.follows')).toMatchObject({ reason: 'replace_triggered_by asks for it' });
  });

  it('says what is moved and imported', () => {
    expect(at('terraform_data.new_name')).toMatchObject({ action: { kind: 'none' }, movedFrom: 'terraform_data.old_name' });
    expect(at('terraform_data.adopted')).toMatchObject({ importing: { id: '9d1e2f3a' } });
  });

  it('compares down to the values, known or not', () => {
    expect(at('terraform_data.net').attributes).toEqual([
      { path: 'input.cidr', before: '"10.0.0.0/16"', after: '"10.1.0.0/16"' },
      { path: 'input.subnets[1]', before: '"b"', after: '"c"' },
      { path: 'input.subnets[2]', after: '"d"' },
      { path: 'output', unknown: true, before: '{"cidr":"10.0.0.0/16","subnets":["a","b"]}' },
    ]);
    expect(at('terraform_data.fresh["x"]').attributes).toContainEqual({ path: 'input', after: '12345678901234567890123456789' });
    expect(summary.outputs).toContainEqual({ name: 'db_id', action: { kind: 'create' }, attributes: [{ path: '', unknown: true }] });
  });

  it.each(['plan-change', 'plan-create'])('shows no sensitive value, though %s holds copies without a mark', (name) => {
    const text = recorded(name);
    const shown = JSON.stringify(summaryOf(text));

    expect(text).toContain('planted-hunter');
    expect(shown).not.toContain('planted');
    expect(shown).toContain('"sensitive":true');
  });
});

describe('the action', () => {
  it.each([
    [['create', 'delete'], { kind: 'replace', old: 'destroyed-after' }],
    [['create', 'forget'], { kind: 'replace', old: 'forgotten' }],
    [['forget'], { kind: 'forget' }],
    [['read'], { kind: 'read' }],
    [['open'], { kind: 'unknown', words: ['open'] }],
    [['constructor'], { kind: 'unknown', words: ['constructor'] }],
  ])('%j is %j', (actions, action) => {
    expect(changeOf({ actions, before: null, after: null }).action).toEqual(action);
  });

  it('without an effect is left out', () => {
    expect(summaryOf(planText({ actions: ['no-op'], before: { a: 1 }, after: { a: 1 } })).changes).toEqual([]);
  });

  it('of a later Terraform is told and not passed over', () => {
    const summary = summaryOf(planText({ actions: ['open', 'close'] }, { action_reason: 'because_of_the_weather' }));

    expect(summary.warnings).toEqual(['what happens here is not known to this version of nightshift: aws_instance.a: open, close']);
    expect(summary.changes).toMatchObject([{ reason: 'because_of_the_weather' }]);
    expect(doesUnwanted(summary, 'destroy')).toBe(true);
  });

  it('may be for an object that an earlier replacement left behind', () => {
    expect(changeOf({ actions: ['delete'], before: {}, after: null }, { deposed: 'a1b2' })).toMatchObject({ deposed: 'a1b2' });
  });
});

describe('attributes', () => {
  const attributesOf = (change: Record<string, unknown>, plan = {}) => changeOf({ actions: ['update'], ...change }, {}, plan).attributes;

  it('that are sensitive are named and not shown, whichever side says so', () => {
    expect(
      attributesOf({ before: { p: 'planted-1' }, after: { p: 'planted-2' }, before_sensitive: {}, after_sensitive: { p: true } }),
    ).toEqual([{ path: 'p', sensitive: true }]);
    expect(attributesOf({ before: { p: 'planted-1' }, after: {}, before_sensitive: { p: true }, after_unknown: { p: true } })).toEqual([
      { path: 'p', sensitive: true, unknown: true },
    ]);
    expect(attributesOf({ before: { p: 'same' }, after: { p: 'same' }, after_sensitive: { p: true } })).toEqual([]);
    expect(attributesOf({ before: { l: [{ x: 'planted' }] }, after: { l: [] }, before_sensitive: { l: [{ x: true }] } })).toEqual([
      { path: 'l[0].x', sensitive: true },
    ]);
  });

  it('that hold a sensitive value of elsewhere are masked, in part or whole', () => {
    const attributes = attributesOf(
      {
        before: { a: 'x', b: 'y', c: 'z', pin: 'q' },
        after: { a: 'postgres://u:planted-pw@db', b: { deep: ['planted-pw'] }, c: 'fine', pin: '1234', copy: new LosslessNumber('4815') },
      },
      {
        variables: {
          pw: { value: 'planted-pw' },
          pin: { value: '1234' },
          code: { value: new LosslessNumber('4815') },
          open: { value: 'fine' },
        },
        configuration: {
          root_module: { variables: { pw: { sensitive: true }, pin: { sensitive: true }, code: { sensitive: true }, open: {} } },
        },
      },
    );

    expect(JSON.stringify(attributes)).not.toMatch(/planted|1234|4815/);
    expect(attributes).toContainEqual({ path: 'a', before: '"x"', after: '(sensitive)' });
    expect(attributes).toContainEqual({ path: 'c', before: '"z"', after: '"fine"' });
  });

  it('that become unknown show of what they were only what is not sensitive', () => {
    const [attribute] = attributesOf({
      before: { o: { key: '12', name: 'n', list: ['34'] } },
      after: {},
      before_sensitive: { o: { key: true, list: [true] } },
      after_unknown: { o: true },
    });

    expect(attribute).toEqual({ path: 'o', unknown: true, before: '{"key":"(sensitive)","name":"n","list":["(sensitive)"]}' });
  });

  it('that look like a credential are redacted without a mark', () => {
    expect(JSON.stringify(attributesOf({ before: {}, after: { header: 'Authorization: Bearer planted' } }))).not.toContain('planted');
  });

  it('that change their kind, or from null to empty, are told', () => {
    expect(
      attributesOf({
        before: { a: 'x', b: null, c: null, n: new LosslessNumber('1.0') },
        after: { a: ['x'], b: {}, d: null, n: new LosslessNumber('1') },
      }),
    ).toEqual([
      { path: 'a', before: '"x"' },
      { path: 'a[0]', after: '"x"' },
      { path: 'b', after: '{}' },
    ]);
  });

  it('with other names than words are in quotes', () => {
    expect(attributesOf({ before: {}, after: { tags: { 'a.b/c': 'x' } } })).toEqual([{ path: 'tags["a.b/c"]', after: '"x"' }]);
  });

  it('that force a replacement may lie inside of others', () => {
    const change = changeOf({
      actions: ['delete', 'create'],
      before: { n: [{ id: 'a', s: 1 }] },
      after: { n: [{ id: 'b', s: 2 }] },
      replace_paths: [['n', new LosslessNumber('0'), 'id']],
    });

    expect(change.forcedBy).toEqual(['n[0].id']);
    expect(change.attributes).toEqual([
      { path: 'n[0].id', before: '"a"', after: '"b"', forcesReplacement: true },
      { path: 'n[0].s', before: '1', after: '2' },
    ]);
  });
});

describe('the rest of a plan', () => {
  it('is drift, apart from the changes', () => {
    const drift = [
      { address: 'aws_instance.a', mode: 'managed', change: { actions: ['update'], before: { size: 's' }, after: { size: 'l' } } },
    ];

    const summary = summaryOf(planText({ actions: ['no-op'] }, {}, { resource_drift: drift }));

    expect(summary).toMatchObject({
      changes: [],
      counts: { drift: 1 },
      drift: [{ address: 'aws_instance.a', attributes: [{ path: 'size', before: '"s"', after: '"l"' }] }],
    });
    expect(doesUnwanted(summary, 'change')).toBe(false);
  });

  it('is what makes it no whole plan', () => {
    const { warnings, errored } = summaryOf(
      planText({ actions: ['no-op'] }, {}, { errored: true, checks: [{ status: 'fail' }, { status: 'pass' }] }),
    );
    const deferred = summaryOf(planText({ actions: ['no-op'] }, {}, { complete: false, deferred_changes: [{}, {}] }));

    expect(errored).toBe(true);
    expect(warnings).toEqual(['planning failed: what is here is not all', '1 checks of the configuration fail']);
    expect(deferred.warnings).toEqual([
      'the plan is not complete: another plan is needed after it',
      '2 changes are deferred to a later plan',
    ]);
  });

  it.each([
    [['delete'], [true, false, true]],
    [
      ['delete', 'create'],
      [true, true, true],
    ],
    [
      ['create', 'forget'],
      [false, true, true],
    ],
    [['forget'], [false, false, true]],
    [['update'], [false, false, true]],
    [['read'], [false, false, false]],
    [['no-op'], [false, false, false]],
  ])('%j is unwanted as destroy, replace, change: %j', (actions, expected) => {
    const summary = summaryOf(planText({ actions }));

    expect((['destroy', 'replace', 'change'] as const).map((each) => doesUnwanted(summary, each))).toEqual(expected);
  });

  it('counts a move or a change of outputs alone as a change', () => {
    expect(doesUnwanted(summaryOf(planText({ actions: ['no-op'] }, { previous_address: 'aws_instance.b' })), 'change')).toBe(true);
    expect(
      doesUnwanted(summaryOf(planText({ actions: ['no-op'] }, {}, { output_changes: { a: { actions: ['create'], after: 1 } } })), 'change'),
    ).toBe(true);
  });
});

describe('what is no plan', () => {
  it.each([
    ['', 'it is empty'],
    ['PK\u0003\u0004planted', 'it is the plan file itself'],
    ['{"@level":"info","@message":"planted"}\n{"@level":"info"}', 'it is the log of terraform plan -json'],
    ['{"format_version":"1.0","values":{}}', 'it is a state, not a plan'],
    [recorded('outputs'), 'it holds outputs, not a plan'],
    ['{"a":1}', 'it is JSON, but no plan'],
    ['planted', 'it is no JSON, and no plan is in it'],
    ['{"format_version":"1.2","resource_changes":[{"address":"planted"}]}', 'the plan is not as documented at resource_changes.0.change'],
  ])('%.40j is refused without being repeated', (text, why) => {
    expect(() => readPlan(text, 'plan.json')).toThrow(BadInputError);
    expect(() => readPlan(text, 'plan.json')).toThrow(`plan.json cannot be read: ${why}`);
    expect(() => readPlan(text, 'plan.json')).not.toThrow('planted');
  });

  it('may still be one with words around it, or of another version', () => {
    expect(readPlan(`[command]terraform show\n${planText({ actions: ['create'] })}`, 'x').warnings).toEqual([
      expect.stringContaining('among other lines'),
    ]);
    expect(readPlan('{"format_version":"2.0","resource_changes":[]}', 'x').warnings).toEqual([expect.stringContaining('format 2.0')]);
  });
});
