import { readConfiguration } from '../../lib/configuration/read-configuration.ts';
import { configurationText, type TemplateAnswers } from '../../lib/configuration/template.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags } from '../flags/global.ts';
import { answersOf } from '../init/interview.ts';
import { type Answers, listOf } from '../init/questions.ts';
import { schemaPlaceOf } from '../init/schema-place.ts';
import { assertFree, writeTextFile } from '../write-file.ts';

export interface InitFlags extends GlobalFlags, Omit<Answers, 'cluster' | 'email'> {
  readonly cluster?: readonly string[];
  readonly email?: readonly string[];
  readonly file?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly stdout?: boolean;
}

const DEFAULT_FILE = 'nightshift.yaml';

/** `nightshift init`: a new `nightshift.yaml`, from flags and answers. */
export async function init(context: CommandContext, flags: InitFlags): Promise<ExitCode> {
  const { file = DEFAULT_FILE, force = false, stdout = false } = flags;
  if (!stdout && !force) await assertFree(file);
  const answers = await answersOf(answersIn(flags), flags.yes ?? false, context);
  const schema = await schemaPlaceOf(file);
  const text = configurationText(templateAnswers(answers, schema.reference));
  assertGood(text);
  if (stdout) {
    await context.output.result({ file, text }, () => text.trimEnd());
    return ExitCode.done;
  }
  await writeTextFile(file, text, { overwrite: force });
  if (schema.missing !== undefined) await writeTextFile(schema.missing, await schemaText(), { overwrite: true });
  const written = [file, ...(schema.missing === undefined ? [] : [schema.missing])];
  await context.output.result({ file, schema: schema.reference, written }, () => nextSteps(file, schema.missing));
  return ExitCode.done;
}

function answersIn({ cluster, email, stage, account, region, uptime, timezone, slackWebhookParameter, name }: InitFlags): Answers {
  const said = {
    stage,
    cluster: cluster?.join(','),
    account,
    region,
    uptime,
    timezone,
    email: email?.join(','),
    slackWebhookParameter,
    name,
  };
  return Object.fromEntries(Object.entries(said).filter(([, answer]) => answer !== undefined));
}

/** Every question that arises has an answer by now; '' is none. */
function templateAnswers(answers: Answers, schema: string): TemplateAnswers {
  const { name = '', stage = '', cluster = '', uptime = '', email = '', account, region, timezone, slackWebhookParameter } = answers;
  return {
    ...{ schema, name, stage, uptime },
    ...{ clusters: listOf(cluster), email: listOf(email) },
    ...(account && { account }),
    ...(region && { region }),
    ...(timezone && { timezone }),
    ...(slackWebhookParameter && { slackWebhookParameter }),
  };
}

/** Answers that are good one by one may be no good together: a name and a stage that are too long. */
function assertGood(text: string): void {
  const result = readConfiguration(text);
  if (result.ok) return;
  throw new UsageError(result.problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    hint: 'nothing was written; answer otherwise',
  });
}

async function schemaText(): Promise<string> {
  return (await import('./config-schema.ts')).schemaText();
}

function nextSteps(file: string, schema: string | undefined): string {
  const named = file === DEFAULT_FILE ? '' : ` ${file}`;
  return [
    `wrote ${file}`,
    ...(schema === undefined ? [] : [`wrote ${schema}, so that your editor knows the words`]),
    `next: nightshift config check${named}`,
  ].join('\n');
}
