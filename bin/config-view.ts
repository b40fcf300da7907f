import type { ExplainedEdge, StageExplanation } from '../lib/configuration/explain.ts';
import { flowYaml } from '../lib/configuration/flow-yaml.ts';
import type { StageCluster } from '../lib/configuration/stage.ts';
import { WEEKDAYS } from '../lib/schedule/weekdays.ts';
import { callersText, reachText, suitesText } from './smoke-section-view.ts';
import type { Terminal } from './terminal.ts';

type Row = readonly [label: string, ...lines: string[]];

const LABEL_WIDTH = 12;

/** What the stages of a file come to, for people. */
export function explanationText(file: string, stages: readonly StageExplanation[], terminal: Terminal): string {
  const clusters = stages.reduce((sum, stage) => sum + stage.clusters.length, 0);
  const title = `${file} is good: ${counted(stages.length, 'stage')}, ${counted(clusters, 'cluster')}`;
  return [title, ...stages.map((stage) => stageText(stage, terminal))].join('\n\n');
}

function stageText(stage: StageExplanation, terminal: Terminal): string {
  const rows: readonly Row[] = [
    ['deployed', placeOf(stage)],
    ['clusters', ...stage.clusters.map((cluster) => `${cluster.name}${nameOnEks(cluster)}: ${accessOf(cluster)}`)],
    ['schedule', scheduleText(stage)],
    ['now', `${stage.now.state.replace('-', ' ')} (${stage.now.reason})`],
    ['next', ...(stage.next.length === 0 ? ['nothing changes within a year'] : stage.next.map((change) => nextText(change, stage)))],
    ['runs', ...runsText(stage)],
    ['policy', ...policyText(stage)],
    ['tells', ...routesText(stage)],
    ['proves', ...suitesText(stage.smoke)],
    ['asked by', ...callersText(stage.smoke)],
    ['may reach', ...reachText(stage.smoke)],
  ];
  const lines = rows.flatMap(([label, ...texts]) =>
    texts.map((text, index) => `  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${text}`),
  );
  return [`${terminal.paint('bold', stage.stage)} (everything is called ${stage.prefix}-...)`, ...lines].join('\n');
}

const CHANGES = { awake: 'wakes', asleep: 'sleeps', 'left-alone': 'is left alone from' } as const;

function placeOf({ account, region, vpc }: StageExplanation): string {
  const said = [...(account === undefined ? [] : [`account ${account}`]), ...(region === undefined ? [] : [`region ${region}`])];
  const unsaid = [...(account === undefined ? ['account'] : []), ...(region === undefined ? ['region'] : [])];
  const rest = unsaid.length === 0 ? [] : [`the ${unsaid.join(' and ')} of the credentials that deploy`];
  return `to ${[...said, ...rest].join(', ')}${vpc === undefined ? '' : `, in ${vpc}`}`;
}

function nameOnEks({ name, eksName, region }: StageCluster): string {
  const parts = [...(eksName === name ? [] : [`on EKS ${eksName}`]), ...(region === undefined ? [] : [`in ${region}`])];
  return parts.length === 0 ? '' : ` (${parts.join(' ')})`;
}

function accessOf({ access, accessEntry }: StageCluster): string {
  const entry = accessEntry === 'create' ? 'with an access entry that is made' : 'with an access entry or mapping that you make';
  switch (access.via) {
    case 'own':
      return `by the function's own role, ${entry}`;
    case 'spoke':
      return `by a role that a spoke stack makes in account ${access.account}, ${access.region}, ${entry}`;
    case 'role':
      return `by your role ${access.roleArn}`;
  }
}

function scheduleText({ schedule }: StageExplanation): string {
  const { uptime, downtime, upscalePeriod, downscalePeriod } = schedule;
  if (uptime !== undefined) return `awake ${uptime}${downtime === undefined ? '' : `, except ${downtime}`}; asleep at all other times`;
  if (downtime !== undefined) return `asleep ${downtime}; awake at all other times`;
  const periods = [
    ...(upscalePeriod === undefined ? [] : [`woken ${upscalePeriod}`]),
    ...(downscalePeriod === undefined ? [] : [`put to sleep ${downscalePeriod}`]),
  ];
  return periods.length === 0
    ? 'none: only what annotations of workloads and namespaces say'
    : `${periods.join(', ')}; left alone at all other times`;
}

/** In the time of the schedule's own zone, as people there would say it. */
function nextText({ at, to }: StageExplanation['next'][number], { runs }: StageExplanation): string {
  const zone = runs.edges[0]?.zone ?? 'UTC';
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${CHANGES[to]} ${local.format(Date.parse(at)).replaceAll(',', '')} ${zone} (${at})`;
}

function runsText({ runs }: StageExplanation): readonly string[] {
  return [...runs.edges.map(edgeText), `every ${runs.everyMinutes} minutes, for what edges missed and annotations ask`];
}

function edgeText({ days, at, zone }: ExplainedEdge): string {
  return `${at} ${daysText(days)}, ${zone}`;
}

/** `Mon-Fri` for days that follow each other within a week. */
function daysText(days: readonly string[]): string {
  if (days.length === WEEKDAYS.length) return 'every day';
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const follows = days.length > 2 && WEEKDAYS.join(' ').includes(days.join(' '));
  return follows ? `${first}-${last}` : days.join(' ');
}

function policyText({ policy }: StageExplanation): readonly string[] {
  const words = Object.entries(policy).map(([word, value]) => `${word}: ${flowYaml(value)}`);
  return words.length === 0 ? ['the defaults'] : words;
}

function routesText({ routes }: StageExplanation): readonly string[] {
  const told = [
    ...(routes.email.length === 0 ? [] : [`${routes.email.join(', ')}, of every alarm`]),
    ...(routes.slack === undefined ? [] : [`Slack, of failed runs, by the webhook in ${routes.slack.webhookParameter}`]),
  ];
  return told.length === 0 ? ['nobody (routes.email names who should hear of alarms)'] : told;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
