/** One field of a protobuf message as it is on the wire: a varint, or bytes. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

/** Bytes that are no protobuf message. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

/** Reads the fields of one message in their order. Fixed-width fields, which Kubernetes does not use, are refused. @throws WireError */
export function* readFields(bytes: Uint8Array): Generator<WireField> {
  let position = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[position++];
      if (byte === undefined) throw new WireError('the message ends in the middle of a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new WireError('a number has more than ten bytes');
  };
  while (position < bytes.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    if ((tag & 7) === 0) yield { number, value: varint() };
    else if ((tag & 7) === 2) {
      const length = Number(varint());
      if (position + length > bytes.length) throw new WireError(`field ${number} is longer than its message`);
      yield { number, value: bytes.subarray(position, position + length) };
      position += length;
    } else throw new WireError(`field ${number} has a type that is not used here`);
  }
}
