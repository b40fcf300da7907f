import type { Socket } from 'node:net';
import type { TcpSubject } from '../subject.ts';
import type { TcpProbe, TcpReceive } from '../suite/probe-kinds.ts';
import type { Attempt } from './attempt.ts';
import { bodyTooLarge } from './body-too-large.ts';
import { dial, type Network } from './dial.ts';
import { GatheredBytes } from './gathered-bytes.ts';
import { networkFailure } from './network-failure.ts';
import { ProbeFailure } from './probe-failure.ts';
import { targetHost } from './target-host.ts';

/** Connects, says something if told to, and reads as long as the check wants to. */
export async function tcpProbe(probe: TcpProbe, attempt: Attempt, network: Network): Promise<TcpSubject> {
  const { socket } = await dial({ host: targetHost(probe.host), port: probe.port }, attempt, network);
  const onAbort = (): unknown => socket.destroy();
  attempt.signal.addEventListener('abort', onAbort, { once: true });
  try {
    attempt.phase = 'wait';
    if (probe.send) socket.write(probe.send.kind === 'text' ? probe.send.text : Buffer.from(probe.send.base64, 'base64'));
    return { kind: 'tcp', received: await received(socket, probe.receive, attempt) };
  } finally {
    attempt.signal.removeEventListener('abort', onAbort);
    // What was written still goes out; nothing is waited for.
    if (attempt.signal.aborted) socket.destroy();
    else socket.destroySoon();
  }
}

function received(socket: Socket, receive: TcpReceive, attempt: Attempt): Promise<Buffer> {
  if (receive.kind === 'nothing') return Promise.resolve(Buffer.alloc(0));
  const most = attempt.limits.maxBodyBytes;
  const wanted = receive.kind === 'until' ? Buffer.from(receive.text) : undefined;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const bytes = new GatheredBytes();
    // What a text that lies across chunks may have begun with.
    let seam: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      if (bytes.size === 0) attempt.took('wait', start);
      attempt.phase = 'receive';
      const searched = wanted && Buffer.concat([seam, chunk]);
      if (bytes.size + chunk.length > most) return reject(bodyTooLarge(most));
      bytes.add(chunk);
      if (receive.kind === 'first' || (wanted && searched?.includes(wanted))) resolve(bytes.all());
      if (searched) seam = searched.subarray(Math.max(0, searched.length - wanted.length + 1));
    });
    socket.once('error', (error) => reject(networkFailure(error, attempt.phase)));
    socket.once('close', () => (receive.kind === 'close' ? resolve(bytes.all()) : reject(closedEarly(receive.kind))));
  });
}

function closedEarly(kind: 'first' | 'until'): ProbeFailure {
  const why =
    kind === 'first' ? 'the connection was closed before anything came' : 'the connection was closed before the expected text came';
  return new ProbeFailure('protocol', why, 'look what speaks on this port, and whether it wants something else to be sent first');
}
