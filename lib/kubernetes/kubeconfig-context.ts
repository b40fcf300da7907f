import { readFile } from 'node:fs/promises';
import { BadInputError } from '../platform/errors.ts';
import type { NamedEntry, RawKubeconfig } from './kubeconfig.ts';

/** One context of a kubeconfig with what it points to, checked: its files are there, its address is one. */
export interface KubeconfigContext {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly clusterName: string;
  readonly cluster: Readonly<Record<string, unknown>>;
  /** Absent for a context without a user: requests go out as `system:anonymous`. */
  readonly userName: string | undefined;
  readonly user: Readonly<Record<string, unknown>>;
  readonly server: URL;
}

/**
 * Picks a context (the current one unless named) and checks what it points to.
 * @throws BadInputError that names the file, what is wrong, and what there is to choose from
 */
export async function pickContext(config: RawKubeconfig, wanted?: string): Promise<KubeconfigContext> {
  const complain = (why: string, hint: string): BadInputError =>
    new BadInputError(`cannot use the kubeconfig ${config.files.join(', ')}: ${why}`, { hint });
  const name = wanted ?? config.currentContext;
  if (name === undefined) throw complain('it has no current-context', `choose one with --context: ${names(config.contexts)}`);
  const context = bodyOf(config.contexts, name, 'context');
  if (!context) throw complain(`it has no context ${JSON.stringify(name)}`, `contexts: ${names(config.contexts)}`);

  const clusterName = text(context.cluster);
  const cluster = clusterName === undefined ? undefined : bodyOf(config.clusters, clusterName, 'cluster');
  if (clusterName === undefined || !cluster)
    throw complain(
      `context ${name} points to cluster ${JSON.stringify(clusterName ?? '')}, which it does not hold`,
      `clusters: ${names(config.clusters)}`,
    );
  const userName = text(context.user);
  const user = userName === undefined ? {} : bodyOf(config.users, userName, 'user');
  if (!user)
    throw complain(`context ${name} points to user ${JSON.stringify(userName)}, which it does not hold`, `users: ${names(config.users)}`);

  const server = serverOf(cluster);
  if (typeof server === 'string') throw complain(`cluster ${clusterName}: ${server}`, 'correct clusters[].cluster.server');
  const problem =
    proxyProblem(cluster) ??
    pluginProblem(user) ??
    (await pemProblem(cluster, 'certificate-authority')) ??
    (await pemProblem(user, 'client-certificate')) ??
    (await pemProblem(user, 'client-key'));
  if (problem !== undefined) throw complain(`context ${name}: ${problem}`, 'fetch the cluster credentials again');
  return { name, namespace: text(context.namespace), clusterName, cluster, userName, user, server };
}

function serverOf(cluster: Readonly<Record<string, unknown>>): URL | string {
  const address = text(cluster.server);
  if (address === undefined) return 'it has no server';
  if (!URL.canParse(address)) return `its server ${JSON.stringify(address)} is not a URL`;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `its server has the scheme ${url.protocol}, which is not https`;
  if (url.protocol === 'http:' && cluster['insecure-skip-tls-verify'] !== true)
    return 'its server is plain http, and insecure-skip-tls-verify is not set';
  return url;
}

const PROXY_SCHEMES = ['http:', 'https:', 'socks:', 'socks4:', 'socks4a:', 'socks5:', 'socks5h:'];

/** Nothing of the address but its scheme is repeated: it may hold a password. */
function proxyProblem(cluster: Readonly<Record<string, unknown>>): string | undefined {
  const address = cluster['proxy-url'];
  if (address === undefined || address === null || address === '') return undefined;
  if (typeof address !== 'string' || !URL.canParse(address)) return 'proxy-url is not a URL';
  const { protocol } = new URL(address);
  return PROXY_SCHEMES.includes(protocol) ? undefined : `proxy-url has the scheme ${protocol}, and a proxy is http, https or socks5`;
}

function pluginProblem({ exec }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof exec !== 'object' || exec === null) return undefined;
  return 'command' in exec && text(exec.command) !== undefined ? undefined : 'exec names no command';
}

/** Looks at both spellings of a PEM: `<key>-data`, base64, wins over `<key>`, a file. */
async function pemProblem(body: Readonly<Record<string, unknown>>, key: string): Promise<string | undefined> {
  const data = text(body[`${key}-data`]);
  if (data !== undefined) return Buffer.from(data, 'base64').includes('-----BEGIN') ? undefined : `${key}-data is not a base64 PEM`;
  const file = text(body[key]);
  if (file === undefined) return undefined;
  const content = await readFile(file, 'latin1').catch(() => undefined);
  if (content === undefined) return `${key} ${file} cannot be read`;
  return content.includes('-----BEGIN') ? undefined : `${key} ${file} holds no PEM`;
}

function bodyOf(list: readonly NamedEntry[], name: string, kind: string): Readonly<Record<string, unknown>> | undefined {
  return list.find((entry) => entry.name === name)?.[kind] as Readonly<Record<string, unknown>> | undefined;
}

function names(list: readonly NamedEntry[]): string {
  return list.length === 0 ? 'there are none' : list.map((entry) => entry.name).join(', ');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
