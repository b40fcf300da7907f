import { afterEach, describe, expect, it, vi } from 'vitest';
import { processParameters } from '../../../lib/platform/process-parameters.ts';
import { httpReceiver } from '../../support/http-receiver.ts';

afterEach(() => vi.unstubAllEnvs());

describe('processParameters', () => {
  it('says what to set when no region is known', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);

    await expect(processParameters.get('/policy')).rejects.toMatchObject({
      code: 'parameter',
      message: 'parameter /policy could not be read: no AWS region is known',
      hint: expect.stringContaining('AWS_REGION'),
    });
  });

  it('reads from SSM of the environment once, then from memory', async () => {
    const server = await httpReceiver((response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ Parameter: { Type: 'SecureString', Value: 'planted' } }));
    });
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');

    const first = await processParameters.secret('/webhook');
    const second = await processParameters.secret('/webhook');
    await server.close();

    expect([first.reveal(), second.reveal()]).toEqual(['planted', 'planted']);
    expect(server.requests).toHaveLength(1);
  });
});
