import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { httpReceiver } from './http-receiver.ts';

export interface EcrRegistry {
  /** Ends it, and lets the names of ECR lead to ECR again. */
  close(): Promise<void>;
}

const HOST = /\.dkr\.ecr\.[\w-]+\.amazonaws\.com$/;
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** What a node of the sandbox says it runs for an image by tag. */
export function digestOfImage(image: string): string {
  return `sha256:${createHash('sha256').update(image).digest('hex')}`;
}

/**
 * A registry on this machine that stands for those of ECR: whatever asks one of their names by HTTPS is led here. It shows manifests to who has the
 * password, and every tag has the digest that the sandbox's nodes say they run for it.
 */
export async function startEcrRegistry(password: string): Promise<EcrRegistry> {
  const login = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`;
  const receiver = await httpReceiver((response, _, { path, headers }) => {
    const [, name = '', tag = ''] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(path) ?? [];
    if (headers.authorization !== login)
      response.writeHead(401, { 'www-authenticate': `Basic realm="https://${headers.host}/",service="ecr"` });
    else response.writeHead(200, { 'content-type': MANIFEST, 'docker-content-digest': digestOfImage(`${headers.host}/${name}:${tag}`) });
    response.end();
  });
  const real = https.request;
  const led = (...called: readonly unknown[]): unknown => {
    const [url, options = {}, done] = called;
    if (!(url instanceof URL) || !HOST.test(url.hostname)) return Reflect.apply(real, https, called);
    const { headers, ...rest } = options as https.RequestOptions;
    const here = new URL(`${url.pathname}${url.search}`, receiver.url);
    return Reflect.apply(httpRequest, undefined, [here, { ...rest, headers: { ...headers, host: url.host } }, done]);
  };
  const use = (request: unknown): void => {
    Object.assign(https, { request });
    syncBuiltinESMExports();
  };
  use(led);
  return {
    close: async () => {
      use(real);
      await receiver.close();
    },
  };
}
