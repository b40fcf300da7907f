import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../../lib/smoke/probe.ts';
import { DNS_TYPES, type DnsType } from '../../../../lib/smoke/suite/probe-kinds.ts';
import { DNS_TYPE_NUMBERS, type DnsAnswer, dnsName, dnsServer, dnsText, numbers16, numbers32 } from './support/dns-server.ts';
import { aProber, failureOf, limits, subjectOf } from './support/probing.ts';
import { closedPort } from './support/servers.ts';

async function asked(
  type: DnsType,
  answer: DnsAnswer | undefined,
  { name = 'shop.example.com', timeoutMs = 15_000 } = {},
): Promise<ProbeResult> {
  const port = await dnsServer((_, number) => (number === DNS_TYPE_NUMBERS[type] ? answer : { code: 2 }));
  return aProber().run({ kind: 'dns', name, type, server: `127.0.0.1:${port}` }, limits({ timeoutMs }));
}

describe('a DNS probe', () => {
  const soa = Buffer.concat([dnsName('ns.example.com'), dnsName('admin.example.com'), numbers32(7, 3600, 600, 86_400, 300)]);
  const records: readonly (readonly [DnsType, readonly Buffer[], readonly string[]])[] = [
    ['A', [Buffer.from([192, 0, 2, 1]), Buffer.from([192, 0, 2, 2])], ['192.0.2.1', '192.0.2.2']],
    ['AAAA', [Buffer.from('20010db8000000000000000000000001', 'hex')], ['2001:db8::1']],
    ['CNAME', [dnsName('lb.example.net')], ['lb.example.net']],
    ['NS', [dnsName('ns1.example.com')], ['ns1.example.com']],
    ['MX', [Buffer.concat([numbers16(10), dnsName('mail.example.com')])], ['10 mail.example.com']],
    ['TXT', [Buffer.concat([dnsText('v=spf1 '), dnsText('-all')])], ['v=spf1 -all']],
    ['SRV', [Buffer.concat([numbers16(10, 5, 443), dnsName('a.example.com')])], ['10 5 443 a.example.com']],
    ['SOA', [soa], ['ns.example.com admin.example.com 7 3600 600 86400 300']],
    ['CAA', [Buffer.concat([Buffer.from([0]), dnsText('issue'), Buffer.from('letsencrypt.org')])], ['0 issue "letsencrypt.org"']],
    ['PTR', [dnsName('host.example.com')], ['host.example.com']],
  ];

  it.each(records)('shows records of the type %s', async (type, data, expected) => {
    expect(subjectOf(await asked(type, { records: data }))).toEqual({ kind: 'dns', code: 'NOERROR', records: expected });
  });

  it('knows all types that a suite may name', () => {
    expect(records.map(([type]) => type).sort()).toEqual([...DNS_TYPES].sort());
  });

  it('turns an address round for PTR', async () => {
    let name = '';
    const port = await dnsServer((question) => {
      name = question;
      return { records: [dnsName('host.example.com')] };
    });

    const result = await aProber().run({ kind: 'dns', name: '192.0.2.7', type: 'PTR', server: `127.0.0.1:${port}` }, limits());

    expect(subjectOf(result)).toMatchObject({ records: ['host.example.com'] });
    expect(name).toBe('7.2.0.192.in-addr.arpa');
  });

  it('takes a name that does not exist for an answer, and one without such records, too', async () => {
    expect(subjectOf(await asked('A', { code: 3 }))).toEqual({ kind: 'dns', code: 'NXDOMAIN', records: [] });
    expect(subjectOf(await asked('AAAA', {}))).toEqual({ kind: 'dns', code: 'NOERROR', records: [] });
  });

  it.each([
    ['fails', 2, 'SERVFAIL'],
    ['refuses', 5, 'REFUSED'],
  ])('fails when the server %s', async (_, code, word) => {
    expect(await failureOf(asked('A', { code }))).toMatchObject({
      failure: 'dns',
      message: expect.stringContaining(word),
      remoteAddress: '127.0.0.1',
    });
  });

  it('ends at its limit when the server is silent', async () => {
    expect(await failureOf(asked('A', undefined, { timeoutMs: 300 }))).toMatchObject({ failure: 'timeout' });
  });

  it('asks again when a packet is lost', async () => {
    const port = await dnsServer((_, __, n) => (n === 0 ? undefined : { records: [Buffer.from([192, 0, 2, 1])] }));

    const result = await aProber().run(
      { kind: 'dns', name: 'a.example', type: 'A', server: `127.0.0.1:${port}` },
      limits({ timeoutMs: 3000 }),
    );

    expect(subjectOf(result)).toMatchObject({ records: ['192.0.2.1'] });
  });

  it('tells where no server listens', async () => {
    const server = `127.0.0.1:${await closedPort()}`;

    expect(['connect', 'timeout']).toContain(
      (await failureOf(aProber().run({ kind: 'dns', name: 'a.example', type: 'A', server }, limits({ timeoutMs: 2000 })))).failure,
    );
  });

  it.each(['ns.example.com', 'ns.example.com:53', 'not an address'])('is refused with a server that is no address: %s', async (server) => {
    expect(await failureOf(aProber().run({ kind: 'dns', name: 'a.example', type: 'A', server }, limits()))).toMatchObject({
      failure: 'refused',
    });
  });
});
