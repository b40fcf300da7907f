import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BadInputError, messageOf } from '../../lib/platform/errors.ts';
import type { SuiteResult } from '../../lib/smoke/suite-result.ts';
import type { ReportFile, ReportKind } from '../flags/smoke.ts';
import type { Output } from '../output.ts';
import { writeTextFile } from '../write-file.ts';

/** Each format is loaded when it is asked for. */
const FORMATS: Readonly<Record<ReportKind, (result: SuiteResult) => Promise<string>>> = {
  junit: async (result) => (await import('../../lib/smoke/report/junit.ts')).junitReport(result),
  tap: async (result) => (await import('../../lib/smoke/report/tap.ts')).tapReport(result),
  html: async (result) => (await import('../../lib/smoke/report/html.ts')).htmlReport(result),
  json: async (result) => `${JSON.stringify(result, null, 2)}\n`,
};

/** Before anything is asked: a run whose report has no place is a run for nothing. @throws BadInputError for a folder that is not there */
export async function assertReportPlaces(files: readonly ReportFile[]): Promise<void> {
  for (const { kind, path } of files) {
    const folder = await stat(dirname(path)).catch(() => undefined);
    if (folder?.isDirectory()) continue;
    throw new BadInputError(`the ${kind} report cannot be written to ${path}: there is no directory ${dirname(path)}`, {
      hint: 'make the directory, or name another file with --report',
    });
  }
}

/** Writes each report as a whole or not at all; one that cannot be written does not keep the others from being written. @returns whether all were */
export async function writeReports(result: SuiteResult, files: readonly ReportFile[], output: Output): Promise<boolean> {
  let all = true;
  for (const { kind, path } of files) {
    try {
      await writeTextFile(path, await FORMATS[kind](result), { overwrite: true });
      output.note(`wrote the ${kind} report to ${path}`);
    } catch (error) {
      all = false;
      output.error(`the ${kind} report was not written: ${messageOf(error)}`);
    }
  }
  return all;
}
