import { describe, expect, it } from 'vitest';
import type { PolicyDocument, PolicyStatement } from '../../../../sandbox/aws/iam/policy-document.ts';
import { grantsOf, type Tally, tally } from '../../../support/iam/tally.ts';

const OBJECTS = 'arn:aws:s3:::state/*';
const BUCKET = 'arn:aws:s3:::state';
const get = { action: 's3:GetObject', resource: 'arn:aws:s3:::state/runs/1.json' };
const put = { action: 's3:PutObject', resource: 'arn:aws:s3:::state/runs/1.json' };
const list = { action: 's3:ListBucket', resource: BUCKET, context: { 's3:prefix': 'runs/' } };

const policy = (...statements: readonly PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });
const readWrite = policy({ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: OBJECTS });
const lister = policy({ Effect: 'Allow', Action: 's3:ListBucket', Resource: BUCKET });
const clean: Tally = { denied: [], unused: [], wrongReasons: [] };

describe('the tally of calls and permissions', () => {
  it('finds nothing when each call is allowed and each permission used', () => {
    expect(tally([readWrite, lister], [get, get, put, list])).toEqual(clean);
  });

  it.each<[string, PolicyDocument[], Parameters<typeof tally>[1], Partial<Tally>]>([
    ['a call that nothing allows', [readWrite], [get, put, list, list], { denied: [{ action: 's3:ListBucket', resource: BUCKET }] }],
    [
      'a call that is denied again',
      [readWrite, policy({ Effect: 'Deny', Action: 's3:Put*', Resource: '*' })],
      [get, put],
      { denied: [put] },
    ],
    ['a permission that no call needs', [readWrite], [put], { unused: [{ action: 's3:GetObject', resource: OBJECTS }] }],
    [
      'an action on a resource that it does not fit',
      [policy({ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: [BUCKET, OBJECTS] })],
      [get, list],
      {
        unused: [
          { action: 's3:GetObject', resource: BUCKET },
          { action: 's3:ListBucket', resource: OBJECTS },
        ],
      },
    ],
    [
      'a permission whose condition no call meets',
      [policy({ Effect: 'Allow', Action: 's3:ListBucket', Resource: BUCKET, Condition: { StringEquals: { 's3:prefix': 'reports/' } } })],
      [list],
      { denied: [{ action: 's3:ListBucket', resource: BUCKET }], unused: [{ action: 's3:ListBucket', resource: BUCKET }] },
    ],
    ['nothing in a Deny that is never met', [readWrite, policy({ Effect: 'Deny', Action: 's3:Delete*', Resource: '*' })], [get, put], {}],
  ])('finds %s', (_, policies, calls, found) => {
    expect(tally(policies, calls)).toEqual({ ...clean, ...found });
  });
});

describe('the list of permissions that may stay unused', () => {
  const unusedGet = { action: 's3:GetObject', resource: OBJECTS, reason: 'read by people after a lost answer' };

  it('takes a reason for one', () => {
    expect(tally([readWrite], [put], [unusedGet])).toEqual(clean);
  });

  it.each([
    ['is used after all', [get, put], unusedGet, 's3:GetObject on arn:aws:s3:::state/* is listed as unused, but it is used'],
    [
      'no policy grants',
      [get, put],
      { ...unusedGet, action: 's3:DeleteObject' },
      's3:DeleteObject on arn:aws:s3:::state/* is listed as unused, but no policy grants it',
    ],
    ['has no reason', [put], { ...unusedGet, reason: ' ' }, 's3:GetObject on arn:aws:s3:::state/* is listed as unused without a reason'],
  ])('has no place for one that %s', (_, calls, reason, problem) => {
    expect(tally([readWrite], calls, [reason]).wrongReasons).toEqual([problem]);
  });
});

describe('the grants of policies', () => {
  it('are all pairs of the Allow statements', () => {
    const denies = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });

    expect(
      grantsOf([policy({ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [OBJECTS, BUCKET] }), denies, lister]),
    ).toEqual([
      { action: 's3:GetObject', resource: OBJECTS },
      { action: 's3:GetObject', resource: BUCKET },
      { action: 's3:PutObject', resource: OBJECTS },
      { action: 's3:PutObject', resource: BUCKET },
      { action: 's3:ListBucket', resource: BUCKET },
    ]);
  });
});
