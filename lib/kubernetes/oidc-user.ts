import type { Clock } from '../platform/clock.ts';
import type { UserSource } from './exec-user.ts';
import { type Fields, isFields } from './fields.ts';
import { LoginNeededError } from './login-needed.ts';

/**
 * The id-token of an OIDC login, for as long as it is good. It is not renewed here: an identity provider may take each refresh token only once, so
 * that whoever uses one has to write the next one into the kubeconfig, which is kubectl's to change.
 */
export function oidcUser(provider: Fields, clock: Clock): UserSource {
  const { 'id-token': token, 'refresh-token': refresh } = isFields(provider.config) ? provider.config : {};
  return async () => {
    if (typeof token !== 'string' || token === '') throw new LoginNeededError('its auth-provider holds no id-token', 'log in first');
    const until = expiryOf(token);
    if (until === undefined) throw new LoginNeededError('its id-token is no JSON web token with an end', 'log in again');
    if (clock.now() < until) return { token };
    throw new LoginNeededError(
      `its id-token expired at ${new Date(until).toISOString()}`,
      typeof refresh === 'string' && refresh !== ''
        ? 'run kubectl once with this context, which renews the token and keeps it in the kubeconfig, or log in again'
        : 'log in again',
    );
  };
}

/** Epoch milliseconds. Nobody's signature is checked: that is the server's business. */
function expiryOf(token: string): number | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const seconds = isFields(claims) ? claims.exp : undefined;
    return typeof seconds === 'number' && Number.isFinite(new Date(seconds * 1000).getTime()) ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}
