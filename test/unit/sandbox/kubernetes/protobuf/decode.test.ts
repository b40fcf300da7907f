import { describe, expect, it } from 'vitest';
import { decodeProtobuf, ProtobufError } from '../../../../../sandbox/kubernetes/protobuf/decode.ts';

/** One field: a number as varint, text or bytes with their length. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint((number << 3) | 0), varint(value)]);
  const bytes = Buffer.from(value);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);

function envelope(kind: string, raw: Buffer): Buffer {
  return message(Buffer.from('k8s\0'), field(1, message(field(1, 'v1'), field(2, kind))), field(2, raw));
}

describe('the protobuf decoder', () => {
  it('reads an object of kubectl create, maps, lists and numbers included', () => {
    const labels = field(11, message(field(1, 'app'), field(2, 'web')));
    const container = field(2, message(field(1, 'web'), field(2, 'web:1'), field(3, 'run'), field(3, 'me'), field(8, Buffer.alloc(0))));
    const template = field(3, message(field(1, labels), field(2, container)));
    const spec = field(
      2,
      message(
        field(1, 0),
        field(5, 0),
        field(7, 0),
        template,
        field(4, message(field(2, message(field(1, message(field(1, 1), field(3, '25%'))))))),
      ),
    );

    const decoded = decodeProtobuf(envelope('Deployment', message(field(1, field(1, 'web')), spec, field(3, Buffer.alloc(0)))));

    expect(decoded).toEqual({
      apiVersion: 'v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 0,
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'web', image: 'web:1', command: ['run', 'me'], resources: {} }] },
        },
        strategy: { rollingUpdate: { maxUnavailable: '25%' } },
      },
    });
  });

  it('encodes the bytes of a Secret', () => {
    const data = field(2, message(field(1, 'key'), field(2, Buffer.from([0xff, 0]))));

    expect(decodeProtobuf(envelope('Secret', data))).toMatchObject({ data: { key: '/wA=' } });
  });

  it('reads quantities, on their own and in maps', () => {
    const quantity = (text: string): Buffer => field(1, text);
    const container = field(2, message(field(1, 'a'), field(8, field(2, message(field(1, 'cpu'), field(2, quantity('100m')))))));
    const template = field(6, field(2, container));
    const target = field(2, message(field(1, 'AverageValue'), field(3, quantity('1Gi'))));
    const metric = field(4, message(field(1, 'Resource'), field(4, message(field(1, 'memory'), target))));

    expect(decodeProtobuf(envelope('Job', field(2, template)))).toMatchObject({
      spec: { template: { spec: { containers: [{ name: 'a', resources: { requests: { cpu: '100m' } } }] } } },
    });
    expect(decodeProtobuf(envelope('HorizontalPodAutoscaler', field(2, metric)))).toMatchObject({
      spec: { metrics: [{ type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } }] },
    });
  });

  it.each([
    ['no envelope', Buffer.from('{}'), 'the envelope is missing'],
    ['a kind it does not know', envelope('Pod', field(1, field(1, 'x'))), 'objects of kind Pod are only understood as JSON'],
    ['a field that would be lost', envelope('Namespace', field(9, 'x')), 'field 9 of Namespace is only understood as JSON'],
    ['a message that ends early', envelope('Namespace', Buffer.from([0x0a, 0x7f, 1])), 'field 1 is longer than its message'],
  ])('refuses %s', (_name, bytes, why) => {
    expect(() => decodeProtobuf(bytes)).toThrow(new ProtobufError(why));
  });
});
