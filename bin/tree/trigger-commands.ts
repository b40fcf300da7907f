import type { Command } from 'commander';
import { addGlobalFlags } from '../flags/global.ts';
import { addTriggerFlags, pair } from '../flags/trigger.ts';
import { named } from '../flags/values.ts';
import { bind, type Runner } from './bind.ts';
import { addExamples } from './examples.ts';

/** Starting what other systems run, and waiting for it. */
export function addTriggerCommands(program: Command, run: Runner): void {
  const trigger = program.command('trigger').description('start a Jenkins job or a GitHub workflow, and wait for it');
  addJenkins(trigger, run);
  addGithub(trigger, run);
}

function addJenkins(trigger: Command, run: Runner): void {
  const jenkins = trigger
    .command('jenkins')
    .description('start a Jenkins job; without --wait print a handle and end')
    .argument('<job>', 'its full name, folders first, as in shop/deploy', named)
    .optionsGroup('Parameters:')
    .option('--param <name=value>', 'a parameter; may be repeated', pair)
    .option('--param-env <name=variable>', 'a parameter whose value is in an environment variable, for secrets; may be repeated', pair)
    .option('--file <name=path>', 'a file parameter; may be repeated', pair)
    .optionsGroup('Jenkins:')
    .option('--url <url>', 'base URL with its context path (default: $JENKINS_URL)', named)
    .option('--user <name>', 'whose token it is (default: $JENKINS_USER_ID)', named)
    .option('--quiet-period', "let the job's quiet period pass first")
    .option('--correlation-param <name>', 'parameter that gets a unique id, so that the build is found when the answer gets lost', named)
    .option('--unstable-ok', 'count an unstable build as a success')
    .option('--console', 'with --wait, show the console on standard error as it comes');
  addExamples(addGlobalFlags(addTriggerFlags(jenkins, 'JENKINS_API_TOKEN')), [
    ['nightshift trigger jenkins shop/deploy --param VERSION=1.4.2 --wait --timeout 20m', 'deploy, and fail when the job does'],
    ['nightshift trigger jenkins shop/import --file DATA=orders.csv --param-env DB_PASSWORD=PGPASSWORD', 'a file and a secret'],
  ]);
  bind(jenkins, run, async () => (await import('../commands/trigger-jenkins.ts')).triggerJenkinsJob);
}

function addGithub(trigger: Command, run: Runner): void {
  const github = trigger
    .command('github')
    .description('start a workflow by workflow_dispatch, or send a repository_dispatch event')
    .argument('<repository>', 'OWNER/REPO', named)
    .argument('[workflow]', 'file name or id of the workflow, as in deploy.yml; not with --event', named)
    .optionsGroup('Workflow:')
    .option('--ref <ref>', 'branch or tag to run on', named)
    .option('--input <name=value>', 'an input; may be repeated', pair)
    .option('--input-env <name=variable>', 'an input whose value is in an environment variable; may be repeated', pair)
    .option(
      '--correlation-input <name>',
      'input that gets a unique id, for servers that do not say which run they start (default there: distinct_id)',
      named,
    )
    .optionsGroup('Event:')
    .option('--event <type>', 'send this event instead; GitHub does not say what it starts, so it cannot be waited for', named)
    .option('--payload <json>', 'its client_payload, a JSON object', named)
    .optionsGroup('GitHub:')
    .option(
      '--base-url <url>',
      'of the API; of an Enterprise Server https://HOST/api/v3 (default: $GITHUB_API_URL or api.github.com)',
      named,
    );
  addExamples(addGlobalFlags(addTriggerFlags(github, 'GH_TOKEN, or GITHUB_TOKEN')), [
    ['nightshift trigger github octo-org/shop deploy.yml --ref main --input version=1.4.2 --wait', 'deploy, and fail when the run does'],
    [`nightshift trigger github octo-org/shop --event released --payload '{"version":"1.4.2"}'`, 'tell a repository of something'],
  ]);
  bind(github, run, async () => (await import('../commands/trigger-github.ts')).triggerGithub);
}
