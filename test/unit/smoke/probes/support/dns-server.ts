import { createSocket, type RemoteInfo } from 'node:dgram';
import { onTestFinished } from 'vitest';

export const DNS_TYPE_NUMBERS = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, CAA: 257 } as const;

export interface DnsAnswer {
  /** 0 NOERROR, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  readonly code?: number;
  /** The data of the records, all of the type asked for unless it says another. */
  readonly records?: readonly (Buffer | { readonly type: number; readonly data: Buffer })[];
}

/** A name server on the loopback (RFC 1035) that answers as told; `undefined` is silence. Returns its port. */
export async function dnsServer(answer: (name: string, type: number, n: number) => DnsAnswer | undefined): Promise<number> {
  const socket = createSocket('udp4');
  let n = 0;
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const { name, end } = readName(query, 12);
    const type = query.readUInt16BE(end);
    const said = answer(name, type, n++);
    if (said) socket.send(respond(query.subarray(0, end + 4), type, said), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => void socket.close());
  return socket.address().port;
}

export function dnsName(name: string): Buffer {
  return Buffer.concat([...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.from([0])]);
}

export function numbers16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => void bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

export function numbers32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => void bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

export function dnsText(text: string): Buffer {
  return Buffer.from([text.length, ...Buffer.from(text)]);
}

function readName(message: Buffer, from: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = from;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function respond(question: Buffer, type: number, { code = 0, records = [] }: DnsAnswer): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8);
  const answers = records.map((record) => {
    const { type: own, data } = Buffer.isBuffer(record) ? { type, data: record } : record;
    // The name is a pointer to that of the question.
    return Buffer.concat([numbers16(0xc00c, own, 1), numbers32(60), numbers16(data.length), data]);
  });
  return Buffer.concat([head, question.subarray(12), ...answers]);
}
