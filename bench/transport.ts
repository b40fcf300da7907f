/**
 * Why Nightshift has a Kubernetes transport of its own: the same lists through client-node as it comes and through ours, against a TLS
 * server in another process; and what a list of 5,000 Deployments costs, page by page, streamed or not, compressed or not.
 * Every figure is the median of RUNS fresh processes. Run: node bench/transport.ts [--json]
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './median.ts';

const RUNS = 5;
const SCENARIOS = [
  ['client-node', 'sequential'],
  ['client-node', 'parallel'],
  ['ours', 'sequential'],
  ['ours', 'parallel'],
  ['whole-pages', 'pages'],
  ['ours', 'pages'],
  ['ours-gzip', 'pages'],
] as const;

interface Figures {
  readonly ms: number;
  readonly cpuMs: number;
  readonly importMs: number;
  readonly peakRssMb: number;
}

interface Row extends Figures {
  readonly transport: string;
  readonly scenario: string;
  readonly connections: number;
}

const script = (name: string): string => fileURLToPath(new URL(`./transport/${name}.ts`, import.meta.url));

async function main(): Promise<void> {
  const server = fork(script('server'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [port] = (await once(server, 'message')) as [number];
  const rows: Row[] = [];
  for (const [transport, scenario] of SCENARIOS) {
    const host = transport === 'ours-gzip' ? outsideAddress() : '127.0.0.1';
    if (host) rows.push(await measure(server, { transport, scenario, address: `https://${host}:${port}` }));
  }
  server.kill();
  process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
}

async function measure(server: ChildProcess, what: { transport: string; scenario: string; address: string }): Promise<Row> {
  const runs: (Figures & { readonly connections: number })[] = [];
  for (let run = 0; run < RUNS; run++) {
    await connectionsOf(server);
    const { stdout } = await promisify(execFile)(process.execPath, [script('client'), what.transport, what.scenario, what.address]);
    runs.push({ ...(JSON.parse(stdout) as Figures), connections: await connectionsOf(server) });
  }
  const middle = (of: (run: (typeof runs)[number]) => number): number => median(runs.map(of));
  return {
    transport: what.transport,
    scenario: what.scenario,
    connections: middle((run) => run.connections),
    ms: middle((run) => run.ms),
    cpuMs: middle((run) => run.cpuMs),
    importMs: middle((run) => run.importMs),
    peakRssMb: middle((run) => run.peakRssMb),
  };
}

/** Connections since the last question. */
async function connectionsOf(server: ChildProcess): Promise<number> {
  server.send('connections');
  const [count] = (await once(server, 'message')) as [number];
  return count;
}

/** Our transport asks for compression only beyond the loopback. */
function outsideAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

function table(rows: readonly Row[]): string {
  const head = '| transport | scenario | connections | ms | CPU ms | import ms | peak RSS MB |\n|---|---|---|---|---|---|---|\n';
  const lines = rows.map((row) =>
    [row.transport, row.scenario, row.connections, row.ms, row.cpuMs, row.importMs, row.peakRssMb].join(' | '),
  );
  return `${head}${lines.map((line) => `| ${line} |\n`).join('')}`;
}

await main();
