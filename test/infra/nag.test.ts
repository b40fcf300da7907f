import { describe, expect, it, vi } from 'vitest';
import { type Acknowledged, type Finding, findingsOf, withoutAcknowledgements } from './findings.ts';
import { leastFile, synthesise, vpcFile, wholeFile } from './stage.ts';

const files = { 'a stage with all there is': wholeFile, 'the least stage': leastFile, 'a stage in a VPC': vpcFile };

const covers = (acknowledged: Acknowledged, finding: Finding): boolean =>
  acknowledged.rule === finding.rule && (finding.path === acknowledged.path || finding.path.startsWith(`${acknowledged.path}/`));

describe.each(Object.entries(files))('the packs AwsSolutions and Serverless, over %s', (_, file) => {
  it('find nothing that is not acknowledged beside the resource', () => {
    expect(findingsOf(synthesise(file).app)).toEqual([]);
  });

  it('find each thing that is acknowledged, and a sentence says why it is so', () => {
    // The report that synthesis prints is the point here, not news.
    const silent = vi.spyOn(console, 'error').mockReturnValue();
    const { made, noted } = withoutAcknowledgements(() => synthesise(file));
    const findings = findingsOf(made.app);
    silent.mockRestore();

    expect(findings.length).toBeGreaterThan(0);
    expect(noted.filter((each) => !findings.some((finding) => covers(each, finding)))).toEqual([]);
    expect(findings.filter((finding) => !noted.some((each) => covers(each, finding)))).toEqual([]);
    for (const { reason } of noted) expect(reason).toMatch(/\w+ \w+ \w+/);
  });
});
