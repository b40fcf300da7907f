import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import { basicHeader, type RegistryCredentials, type RegistryLogin } from './credentials.ts';
import { exchange, type RegistryAnswer, type Wire } from './exchange.ts';
import { type ImageReference, imageText } from './image-reference.ts';
import { answerError } from './read-answer.ts';
import { RegistryError } from './registry-error.ts';
import { tokenRealm } from './token-realm.ts';
import { type Challenge, parseChallenges } from './www-authenticate.ts';

export interface SessionOptions {
  readonly wire: Wire;
  readonly clock: Pick<Clock, 'now'>;
  readonly credentials?: RegistryCredentials | undefined;
  readonly trustedRealms?: readonly string[] | undefined;
  readonly plainHttp?: ((registry: string) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ManifestRequest {
  readonly method: 'GET' | 'HEAD';
  /** A tag or a digest. */
  readonly version: string;
  readonly accept: string;
}

/** Manifests are at most 4 MiB (OCI distribution); tokens are small. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const MAX_TOKEN_BYTES = 256 * 1024;
const MAX_REDIRECTS = 3;

const tokenAnswer = z.object({ token: z.string().min(1).optional(), access_token: z.string().min(1).optional() });

/** Asks one registry about one repository. The first request shows whether and how to log in; what it came to is used for those after it. */
export class RegistrySession {
  readonly #image: ImageReference;
  readonly #root: URL;
  readonly #options: SessionOptions;
  #authorization: string | undefined;
  #login: RegistryLogin | undefined;

  constructor(image: ImageReference, options: SessionOptions) {
    this.#image = image;
    this.#root = rootOf(image.registry, options.plainHttp);
    this.#options = options;
  }

  /** @throws RegistryError for every answer that is not 2xx */
  async manifest({ method, version, accept }: ManifestRequest): Promise<RegistryAnswer> {
    const url = new URL(`/v2/${this.#image.repository}/manifests/${version}`, this.#root);
    const ask = (): Promise<RegistryAnswer> => this.#ask(method, url, { accept }, MAX_MANIFEST_BYTES);
    const first = await ask();
    // A token lives for minutes; one that is no longer taken is fetched anew, once.
    const answer = first.status === 401 && (await this.#logIn(first)) ? await ask() : first;
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw answerError(answer, this.#asked(imageText(this.#image)));
  }

  /** Follows redirects, as registries in front of others send them; what proves who asks goes to the registry itself only. */
  async #ask(method: 'GET' | 'HEAD', from: URL, headers: Readonly<Record<string, string>>, maxBytes: number): Promise<RegistryAnswer> {
    const { wire, signal } = this.#options;
    let url = from;
    for (let hops = 0; ; hops++) {
      const authorization = url.origin === this.#root.origin ? this.#authorization : undefined;
      const answer = await exchange(
        { method, url, headers: { ...headers, ...(authorization && { authorization }) }, maxBytes, signal },
        wire,
      );
      const next = hops < MAX_REDIRECTS ? this.#redirect(answer, url) : undefined;
      if (!next) return answer;
      url = next;
    }
  }

  #redirect({ status, headers: { location } }: RegistryAnswer, from: URL): URL | undefined {
    if (![301, 302, 307, 308].includes(status) || location === undefined || !URL.canParse(location, from.href)) return undefined;
    const url = new URL(location, from);
    if (url.protocol === 'https:' || url.origin === this.#root.origin) return url;
    throw this.#refused(`${this.#image.registry} was not asked: it redirects to ${url.host}, without HTTPS`);
  }

  /** @returns whether there is something new to try */
  async #logIn({ headers }: RegistryAnswer): Promise<boolean> {
    const challenges = parseChallenges(headers['www-authenticate']);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    this.#login ??= await this.#options.credentials?.(this.#image.registry, this.#options.signal);
    const authorization = bearer ? `Bearer ${await this.#token(bearer)}` : this.#basic(challenges);
    if (authorization === undefined || authorization === this.#authorization) return false;
    this.#authorization = authorization;
    return true;
  }

  #basic(challenges: readonly Challenge[]): string | undefined {
    return this.#login && challenges.some(({ scheme }) => scheme === 'basic') ? basicHeader(this.#login) : undefined;
  }

  async #token(challenge: Challenge): Promise<string> {
    const { registry, repository } = this.#image;
    const realm = tokenRealm(challenge, { registry: this.#root, repository, trustedRealms: this.#options.trustedRealms });
    if (!realm.ok) throw this.#refused(`${registry} cannot be logged in to: ${realm.why}`);
    const login = this.#login;
    if (login && !realm.trusted)
      throw this.#refused(`${registry} was not logged in to: it sends for a token to ${realm.url.host}, which no password is given to`);
    const headers: Record<string, string> = login ? { authorization: basicHeader(login) } : {};
    const { wire, signal } = this.#options;
    const answer = await exchange({ method: 'GET', url: realm.url, headers, maxBytes: MAX_TOKEN_BYTES, signal }, wire);
    if (answer.status !== 200) throw answerError(answer, this.#asked(`a token for ${imageText(this.#image)}`));
    const { token, access_token } = tokenAnswer.safeParse(jsonOf(answer.body)).data ?? {};
    const given = token ?? access_token;
    if (given !== undefined && /^[\x21-\x7e]+$/.test(given)) return given;
    const hint = 'check that this is a registry';
    throw new RegistryError(`${registry} cannot be logged in to: its token cannot be read`, { registry, trouble: 'bad-answer', hint });
  }

  #refused(message: string): RegistryError {
    const hint = 'if that is right for this registry, name the place among the trusted ones';
    return new RegistryError(message, { registry: this.#image.registry, trouble: 'refused', hint });
  }

  #asked(subject: string): Parameters<typeof answerError>[1] {
    return { registry: this.#image.registry, subject, now: this.#options.clock.now(), loggedIn: this.#login !== undefined };
  }
}

const isLocal = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host);

/** Docker Hub answers elsewhere than at its name. */
function rootOf(registry: string, plainHttp = isLocal): URL {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  return new URL(`${plainHttp(registry) ? 'http' : 'https'}://${host}/`);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
