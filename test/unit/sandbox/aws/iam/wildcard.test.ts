import { describe, expect, it } from 'vitest';
import { isArnLike, matchesArn, matchesText } from '../../../../../sandbox/aws/iam/wildcard.ts';

describe('wildcards in actions and conditions', () => {
  it.each([
    ['s3:GetObject', 's3:GetObject', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:*', 's3:PutObject', true],
    ['*', 's3:PutObject', true],
    ['s3:?etObject', 's3:GetObject', true],
    ['s3:?GetObject', 's3:GetObject', false],
    ['s3:Get', 's3:GetObject', false],
    ['s3:*Object', 's3:GetObjectAcl', false],
    ['s3.Get*', 's3:GetObject', false],
    ['s3:getobject', 's3:GetObject', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a(b)+[c]', 'a(b)+[c]', true],
    ['', 'a', false],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesText(pattern, text)).toBe(expected);
  });

  it('may pass over case', () => {
    expect(matchesText('S3:GETobject', 's3:GetObject', { ignoreCase: true })).toBe(true);
  });
});

describe('wildcards in resources', () => {
  it.each([
    ['*', 'arn:aws:s3:::state', true],
    ['*', '*', true],
    ['arn:aws:s3:::state', '*', false],
    ['arn:aws:s3:::state', 'arn:aws:s3:::state', true],
    ['arn:aws:s3:::state', 'arn:aws:s3:::state/runs/1.json', false],
    ['arn:aws:s3:::state/*', 'arn:aws:s3:::state', false],
    ['arn:aws:s3:::state/*', 'arn:aws:s3:::state/runs/1.json', true],
    ['arn:aws:s3:::state/runs/*', 'arn:aws:s3:::state/reports/1.json', false],
    ['arn:aws:s3:::state/*/1.json', 'arn:aws:s3:::state/a/b/1.json', true],
    ['arn:aws:s3:::State', 'arn:aws:s3:::state', false],
    ['arn:aws:s3:::sta?e', 'arn:aws:s3:::state', true],
    ['arn:aws:s3:::sta?', 'arn:aws:s3:::state', false],
    ['arn:aws:ssm:*:000000000000:parameter/x', 'arn:aws:ssm:eu-central-1:000000000000:parameter/x', true],
    ['arn:aws:ssm:eu-*:000000000000:parameter/x', 'arn:aws:ssm:us-east-1:000000000000:parameter/x', false],
    // A star at the end of a segment reaches over colons, one within it does not.
    ['arn:aws:ssm:*', 'arn:aws:ssm:eu-central-1:000000000000:parameter/x', true],
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-central-1:000000000000:log-group:/aws/x:log-stream:y', true],
    ['arn:aws:iam::*:role/nightshift', 'arn:aws:iam::111122223333:role/nightshift', true],
    ['arn:aws:iam::*:role/nightshift', 'arn:aws:iam::111122223333:role/other', false],
    ['arn:aws:iam::111*x:role/a', 'arn:aws:iam::111:y:x:role/a', false],
    ['arn:aws:iam::?:role/a', 'arn:aws:iam:::role/a', false],
  ])('%s on %s: %s', (pattern, arn, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });
});

describe('ARNs in conditions', () => {
  it.each([
    ['arn:aws:iam::*:role/night*', 'arn:aws:iam::000000000000:role/nightshift', true],
    ['arn:aws:iam::*:role/night*', 'arn:aws:iam::000000000000:role/day', false],
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-central-1:000000000000:log-group:/aws/x:log-stream:y', true],
    // No part reaches over the next one.
    ['arn:aws:iam:*', 'arn:aws:iam::000000000000:role/nightshift', false],
    ['arn:aws:iam:*:role/a', 'arn:aws:iam::000000000000:role/a', false],
  ])('%s on %s: %s', (pattern, arn, expected) => {
    expect(isArnLike(pattern, arn)).toBe(expected);
  });
});
