import type { Agent, RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { TlsMaterial } from './connection.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';
import type { Credentials } from './kubeconfig-credentials.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Lets client-node's KubeConfig get the credentials of one context: it runs exec plugins, asks OIDC, GCP and Azure providers, knows proxies,
 * and keeps what it got until that expires. Made up for here is what it does not know of kubectl's format: `tokenFile`, KUBERNETES_EXEC_INFO,
 * data before files, and the CA of a context without a user.
 */
export async function clientNodeCredentials(context: KubeconfigContext): Promise<() => Promise<Credentials>> {
  // By its own path, and here: the rest of client-node is not needed, and most runs do not even need this.
  const { KubeConfig: Config } = await import('@kubernetes/client-node/dist/config.js');
  const config: KubeConfig = new Config();
  const userName = context.userName ?? 'anonymous';
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name: context.clusterName, cluster: dataFirst(context.cluster, ['certificate-authority']) }],
      users: [{ name: userName, user: userFor(context) }],
      contexts: [{ name: context.name, context: { cluster: context.clusterName, user: userName } }],
      'current-context': context.name,
    }),
  );
  return async () => {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return {
      tls: tlsOf(options),
      headers: headersOf(options),
      ...(context.cluster['proxy-url'] ? { proxy: keepAlive(options.agent) } : {}),
    };
  };
}

function userFor(context: KubeconfigContext): Fields {
  const user = dataFirst(context.user, ['client-certificate', 'client-key']);
  if (isFields(user['exec'])) {
    return { ...user, exec: { ...user['exec'], env: [...envOf(user['exec']), execInfo(user['exec'], context)] } };
  }
  if (typeof user['tokenFile'] !== 'string' || user['tokenFile'] === '') return user;
  const { token: _, ...rest } = user;
  return { ...rest, 'auth-provider': { name: 'tokenFile', config: { tokenFile: user['tokenFile'] } } };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats */
function execInfo(exec: Fields, { cluster }: KubeconfigContext): { readonly name: string; readonly value: string } {
  const about = ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url'];
  const spec = {
    interactive: false,
    ...(exec['provideClusterInfo'] === true && { cluster: Object.fromEntries(about.map((key) => [key, cluster[key]])) }),
  };
  const value = JSON.stringify({ apiVersion: exec['apiVersion'], kind: 'ExecCredential', spec });
  return { name: 'KUBERNETES_EXEC_INFO', value };
}

function dataFirst(body: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !(keys.includes(key) && body[`${key}-data`])));
}

/** What `applyToHTTPSOptions` sets are options of node:tls. */
function tlsOf(options: RequestOptions): TlsMaterial {
  const { ca, cert, key, servername, rejectUnauthorized } = options as TlsMaterial;
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  };
}

function headersOf({ headers, auth }: RequestOptions): Record<string, string> {
  const result = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value).trim()]));
  return auth ? { ...result, authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : result;
}

/** client-node's proxy agents open a connection per request unless told otherwise. */
function keepAlive(agent: RequestOptions['agent']): Agent {
  return Object.assign(agent as Agent, { keepAlive: true, maxSockets: 16 });
}

function envOf(exec: Fields): readonly unknown[] {
  return Array.isArray(exec['env']) ? exec['env'] : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
