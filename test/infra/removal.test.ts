import { describe, expect, it } from 'vitest';
import { leastFile, synthesise, vpcFile, wholeFile } from './stage.ts';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** By which property each kept type could have a name of ours. */
const nameOf: Readonly<Record<string, string>> = { 'AWS::S3::Bucket': 'BucketName', 'AWS::DynamoDB::Table': 'TableName' };

const twice = (type: string): readonly string[] => [type, type];

describe.each([
  ['with everything', wholeFile],
  ['with the least', leastFile],
  ['in a VPC', vpcFile],
])('the removal of a stage %s', (_, file) => {
  const { Resources } = synthesise(file).template.toJSON() as { readonly Resources: Readonly<Record<string, Resource>> };
  const kept = Object.values(Resources).filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete');

  it('keeps the state, the log of its accesses, what protects both, and the records, and nothing else', () => {
    expect(kept.map(({ Type }) => Type).sort()).toEqual([
      'AWS::DynamoDB::Table',
      ...twice('AWS::S3::Bucket'),
      ...twice('AWS::S3::BucketPolicy'),
    ]);
  });

  it('leaves nothing of a first deployment that failed', () => {
    expect(new Set(kept.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['RetainExceptOnCreate']));
  });

  it('leaves nothing behind whose name the next deployment would want', () => {
    expect(kept.filter(({ Type, Properties }) => Properties?.[nameOf[Type] ?? ''] !== undefined)).toEqual([]);
  });
});
