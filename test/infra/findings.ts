import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { vi } from 'vitest';

/** A rule that a resource breaks: `AwsSolutions-S1`, `dev/State/Resource`. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
}

export interface Acknowledged extends Finding {
  readonly reason: string;
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** What the packs of infra/app.ts find that nothing acknowledges. */
export function findingsOf(app: App): readonly Finding[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  try {
    // Reading a template has synthesised the app already.
    app.synth({ force: true });
    return [];
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error;
    const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
    return pluginReports.flatMap(({ violations }) =>
      violations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
      ),
    );
  }
}

/** Makes what `make` makes, with every acknowledgement noted instead of taken. */
export function withoutAcknowledgements<T>(make: () => T): { readonly made: T; readonly noted: readonly Acknowledged[] } {
  const noted: Acknowledged[] = [];
  const spy = vi.spyOn(Validations.prototype, 'acknowledge').mockImplementation(function (this: Validations, ...rules) {
    const { scope } = this as unknown as { readonly scope: { readonly node: { readonly path: string } } };
    noted.push(...rules.map(({ id, reason }) => ({ rule: id, path: scope.node.path, reason })));
  });
  try {
    return { made: make(), noted };
  } finally {
    spy.mockRestore();
  }
}
