/**
 * The header value for a token, whoever it comes from: a kubeconfig, a file, a plugin, a provider.
 * @throws Error that does not repeat it, when Node would refuse the header: at every attempt, and in words that speak of a lost connection
 */
export function bearer(text: string): string {
  const token = text.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('the token is empty or holds characters that no token has');
  return `Bearer ${token}`;
}
