import type { Report, ReportItem } from '../../lib/platform/report.ts';
import type { Evidence } from './evidence.ts';
import type { Page } from './page.ts';

const berlin = new Intl.DateTimeFormat('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' });

export interface SleepFacts {
  readonly changes: Evidence;
  /** What a second run changed, of all workloads. */
  readonly again: Evidence;
  readonly originals: Evidence;
  /** How many documents the ledger of the run has. */
  readonly documents: number;
}

export interface WakingFacts {
  readonly sleepers: Evidence;
  /** What another tool had put to sleep before the story began. */
  readonly others: Evidence & { readonly names: readonly string[] };
  /** The workloads that were compared with what they were by day. */
  readonly same: Evidence;
}

/** The words of the story. What holds is decided by the evidence that it is given. */
export class Teller {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  opening(cluster: string, namespaces: readonly string[], pods: number): void {
    this.#page.say(
      'Nightshift: one night on a dev cluster, and the releases of the day after',
      'Everything runs on this machine: a Kubernetes API server, an AWS endpoint, and the packaged Lambda functions between them.',
    );
    this.#page.chapter(`The cluster "${cluster}" by day: ${pods} pods, most of them for nobody once people go home`);
    this.#page.list(namespaces);
    this.#page.say('(● up, ○ down)');
  }

  plan(evening: number, report: Report): void {
    this.#page.chapter(`${berlin.format(evening)} in Berlin. What would Nightshift do? (plan: nothing is changed)`);
    this.#items(report.items.filter(({ action }) => action === 'sleep' || action === 'wake'));
    this.#page.say('', 'What it would not touch, and why:');
    this.#items(report.items.filter(({ action, problems }) => action === 'skip' || (action === 'none' && problems !== undefined)));
    this.#page.say('', 'What someone should know:');
    this.#page.list(report.items.flatMap((item) => warningsOf(item).map((warning) => `${refWithoutCluster(item.ref)}: ${warning}`)));
    this.#page.say('', report.summary);
  }

  night(report: Report, namespaces: readonly string[], pods: { readonly before: number; readonly after: number }): void {
    this.#page.chapter('Good night (reconcile: the originals go to S3 first, then one guarded write per workload)');
    this.#page.say(report.summary, `run ${report.runId}, pods ${pods.before} -> ${pods.after}`);
    this.#page.list(namespaces);
  }

  proofOfSleep({ changes, again, originals, documents }: SleepFacts): boolean {
    const ledger = `${documents} ledger document${documents === 1 ? '' : 's'}`;
    return [
      this.#page.proof(`all ${changes.count} planned changes were made`, changes),
      this.#page.proof(`a second run finds nothing left to do (${again.against.length} of ${again.count} workloads changed)`, again),
      this.#page.proof(`the originals of all ${originals.count} sleepers are in S3 as well as on the objects (${ledger})`, originals),
    ].every(Boolean);
  }

  morning(morning: number, report: Report, namespaces: readonly string[], pods: number): void {
    this.#page.chapter(`${berlin.format(morning)} in Berlin. Good morning (the same reconcile, by the clock it is day now)`);
    this.#page.say(report.summary, `${pods} pods`);
    this.#page.list(namespaces);
  }

  proofOfWaking({ sleepers, others, same }: WakingFacts): boolean {
    const awake = [sleepers, others].reduce((sum, { count, against }) => sum + count - against.length, 0);
    const all = { count: sleepers.count, against: [...sleepers.against, ...others.against] };
    const woken = this.#page.proof(`everything that was put to sleep is awake (${sleepers.count} slept, ${awake} woken)`, all);
    const restored = others.against.length === 0 ? others.names : [];
    for (const name of restored)
      this.#page.say(`  ${name} slept before the story began: the record that another downscaler left was read, too`);
    const whole = this.#page.proof(`every workload is as it was, field by field (${same.against.length} of ${same.count} differ)`, same);
    return woken && whole;
  }

  ending(holds: boolean, ms: number): void {
    this.#page.say(
      '',
      holds
        ? `The night and the day went well, in ${(ms / 1_000).toFixed(1)} s.`
        : 'Something is not as it should be: see the lines marked with a cross.',
    );
    this.#page.chapter('Now your own cluster (nothing is changed before you say yes)');
    this.#page.list([
      'nightshift plan  --default-uptime "Mon-Fri 07:00-19:00 Europe/Berlin"    what would happen now, on your current kubectl context',
      'nightshift sleep -n my-namespace --dry-run                               what "asleep" would mean there',
      'nightshift sleep -n my-namespace                                         asks, then does it',
      'nightshift wake  -n my-namespace                                         everything back as it was',
      'nightshift rollout wait deployment/web -n my-namespace                   waits, and says in seconds what keeps it from coming up',
      'nightshift smoke run suite.yaml                                          the checks of a suite, from here',
      'nightshift sandbox --serve                                               this cluster, for your kubectl',
    ]);
    this.#page.say('(from a checkout: npm run -s nightshift -- plan ...)');
  }

  #items(items: readonly ReportItem[]): void {
    const rows = items.map((item) => [refWithoutCluster(item.ref), `${item.action}${sizes(item)}`, item.reason] as const);
    const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
    this.#page.list(rows.map(([ref, action, reason]) => `${ref.padEnd(widths[0] ?? 0)}  ${action.padEnd(widths[1] ?? 0)}  ${reason}`));
  }
}

function refWithoutCluster(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

function sizes({ action, kind, from, to }: ReportItem): string {
  if (action !== 'sleep' && action !== 'wake') return '';
  return kind === 'CronJob' ? ` (${to === 0 ? 'suspended' : 'running'})` : ` ${from} -> ${to}`;
}

function warningsOf({ warnings }: ReportItem): readonly string[] {
  return Array.isArray(warnings) ? warnings.map(String) : [];
}
