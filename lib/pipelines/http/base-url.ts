import { BadInputError } from '../../platform/errors.ts';
import { SERVICE_NAMES, type Service } from '../errors.ts';

/**
 * The address of a server as it is put before paths: http or https, a context path kept, no slash at its end.
 * @throws BadInputError when it is no such URL, or holds credentials, which would end up in logs
 */
export function baseUrl(text: string, service: Service): string {
  const name = SERVICE_NAMES[service];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new BadInputError(`the URL of ${name} cannot be used: it is not an http or https URL`, {
      hint: `give it in full, as in https://${service}.example.com`,
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new BadInputError(`the URL of ${name} cannot be used: it holds a user or a password`, {
      hint: 'leave them out of the URL: the token comes from an environment variable or a parameter',
    });
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** Whether what is sent there can be read on the way. */
export function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
