import { connect, isIP, type Socket } from 'node:net';
import type { AddressPolicy } from '../addresses/address-policy.ts';
import type { Attempt } from './attempt.ts';
import { networkFailure } from './network-failure.ts';
import { addressRefused, type Lookup, permittedAddresses, type ResolvedAddress } from './permitted-addresses.ts';
import { ProbeFailure } from './probe-failure.ts';
import { type DialTls, type Secured, shakeHands } from './shake-hands.ts';
import type { TlsContexts } from './tls-contexts.ts';
import { untilOpen } from './until-open.ts';

/** What all connections of a prober share. */
export interface Network {
  readonly addresses: AddressPolicy;
  readonly lookup: Lookup;
  readonly contexts: TlsContexts;
}

export interface DialTarget {
  readonly host: string;
  readonly port: number;
  readonly tls?: DialTls;
}

export type Dialled = { readonly secure: false; readonly socket: Socket } | ({ readonly secure: true } & Secured);

/**
 * Resolves, judges the addresses, connects, and shakes hands: the only way by which probes open connections. When the attempt ends, so does the
 * socket, until the promise is resolved; from there on it is the caller's. Proxies of the environment (HTTP_PROXY) are not used: a check tells
 * what it sees from where it runs.
 * @throws ProbeFailure
 */
export async function dial(target: DialTarget, attempt: Attempt, network: Network): Promise<Dialled> {
  try {
    const socket = await connected(target, await resolved(target.host, attempt, network), attempt);
    try {
      judgePeer(socket, attempt, network);
      return target.tls
        ? { secure: true, ...(await shakeHands(socket, target.tls, { attempt, contexts: network.contexts })) }
        : { secure: false, socket };
    } catch (error) {
      socket.destroy();
      throw error;
    }
  } catch (error) {
    throw attempt.signal.aborted ? attempt.signal.reason : networkFailure(error, attempt.phase);
  }
}

async function resolved(host: string, attempt: Attempt, network: Network): Promise<readonly ResolvedAddress[]> {
  attempt.phase = 'dns';
  const start = performance.now();
  try {
    return await permittedAddresses(host, network);
  } finally {
    if (!isIP(host)) attempt.took('dns', start);
  }
}

/** Several addresses are tried as RFC 8305 has it ("happy eyeballs"); node takes them from the lookup that it is given here. */
async function connected({ host, port }: DialTarget, addresses: readonly ResolvedAddress[], attempt: Attempt): Promise<Socket> {
  attempt.phase = 'connect';
  attempt.signal.throwIfAborted();
  const start = performance.now();
  const [first] = addresses;
  const socket = connect(
    first && addresses.length === 1
      ? { host: first.address, port }
      : { host, port, autoSelectFamily: true, lookup: (_host, _options, done) => done(null, [...addresses]) },
  );
  try {
    return await untilOpen(socket, 'connect', attempt.signal);
  } finally {
    attempt.took('connect', start);
  }
}

/** The last word on where the connection really goes, whatever resolved the name. */
function judgePeer(socket: Socket, attempt: Attempt, { addresses }: Network): void {
  const { remoteAddress } = socket;
  if (remoteAddress === undefined)
    throw new ProbeFailure('connect', 'the connection was closed at once', 'look whether the server restarts or crashes');
  const refusal = addresses.refusal(remoteAddress);
  if (refusal !== undefined) throw addressRefused(refusal);
  attempt.remoteAddress = remoteAddress;
  socket.setNoDelay(true);
}
