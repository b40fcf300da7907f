import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../../../lib/platform/errors.ts';
import { addressPolicy } from '../../../../lib/smoke/addresses/address-policy.ts';

const refusal = (address: string, allow: readonly string[] = []): string | undefined => addressPolicy(allow).refusal(address);

describe('the address policy', () => {
  it.each([
    '10.0.0.1',
    '172.16.5.4',
    '192.168.1.1',
    '100.64.3.2',
    '192.0.2.1',
    '8.8.8.8',
    'fd12:3456::1',
    'fec0::1',
    '2001:db8::1',
    '2600:1f18::7',
  ])('lets checks speak to public and private addresses: %s', (address) => {
    expect(refusal(address)).toBeUndefined();
  });

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['169.254.0.1', 'link-local'],
    ['169.254.169.253', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['febf::1', 'link-local'],
    ['169.254.169.254', 'metadata service'],
    ['fd00:ec2::254', 'metadata service'],
    ['169.254.170.2', 'credential service of ECS'],
    ['169.254.170.23', 'credential service of EKS Pod Identity'],
    ['fd00:ec2::23', 'credential service of EKS Pod Identity'],
    ['fd00:ec2::253', 'service of AWS on the instance'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['240.0.0.1', 'reserved'],
    ['64:ff9b:1::a00:1', 'NAT64'],
  ])('refuses %s, which is %s', (address, what) => {
    expect(refusal(address)).toMatch(new RegExp(`^${address} is (?:an?|the) .*${what}|^${address} is the .*${what}`));
  });

  it.each([
    ['mapped', '::ffff:127.0.0.1'],
    ['mapped, in hexadecimal', '::ffff:7f00:1'],
    ['translated', '::ffff:0:127.0.0.1'],
    ['compatible', '::127.0.0.1'],
    ['behind NAT64', '64:ff9b::127.0.0.1'],
    ['in 6to4', '2002:7f00:1::'],
    ['in Teredo', '2001:0:4136:e378:8000:63bf:80ff:fffe'],
    ['in ISATAP', '2001:db8::5efe:7f00:1'],
    ['in ISATAP, global', '2001:db8::200:5efe:7f00:1'],
  ])('refuses a loopback address %s: %s', (_, address) => {
    expect(refusal(address)).toBe(`${address} is a loopback address`);
  });

  it.each(['::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', '::169.254.169.254'])(
    'refuses the metadata service as %s',
    (address) => {
      expect(refusal(address)).toContain('metadata service');
    },
  );

  it.each(['::ffff:10.0.0.1', '64:ff9b::192.0.2.1', '2002:c000:201::1'])(
    'lets checks speak to what carries a permitted address: %s',
    (address) => {
      expect(refusal(address)).toBeUndefined();
    },
  );

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['127.9.9.9', '127.0.0.0/8'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['::1', '::/0'],
    ['169.254.169.254', '169.254.169.254'],
    ['169.254.169.254', '169.254.169.254/32'],
    ['fd00:ec2::254', 'fd00:ec2:0::254'],
    ['fe80::1%eth0', 'fe80::/10'],
  ])('opens %s by naming %s', (address, allow) => {
    expect(refusal(address, [allow])).toBeUndefined();
  });

  it.each([
    ['127.0.0.1', '127.0.0.2'],
    ['127.0.0.1', '::1'],
    ['::1', '127.0.0.0/8'],
    ['169.254.169.254', '169.254.0.0/16'],
    ['169.254.170.2', '0.0.0.0/0'],
    ['::ffff:169.254.169.254', '::/0'],
    ['fd00:ec2::23', 'fd00:ec2::/32'],
  ])('keeps %s closed when %s is named', (address, allow) => {
    expect(refusal(address, [allow])).toBeDefined();
  });

  it.each(['localhost', '', '127.1', '2130706433'])('refuses what is no address, for it would be resolved elsewhere: %j', (text) => {
    expect(refusal(text, ['0.0.0.0/0', '::/0'])).toContain('is not an IP address');
  });

  it('names every entry that it cannot read', () => {
    const allow = ['10.0.0.0/8', 'localhost', '10.0.0.0/33', '1.2.3.4/8/9', 'fd00::/-1'];

    expect(() => addressPolicy(allow)).toThrow(BadInputError);
    expect(() => addressPolicy(allow)).toThrow('"localhost", "10.0.0.0/33", "1.2.3.4/8/9", "fd00::/-1" are neither');
  });
});
