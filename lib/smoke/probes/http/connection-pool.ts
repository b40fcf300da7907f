import { Agent, type ClientRequest, type ClientRequestArgs, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PeerCertificate } from '../../subject.ts';
import type { Attempt } from '../attempt.ts';
import { type DialTarget, dial, type Network } from '../dial.ts';

/** Below the 5 s after which many servers close an idle connection, so that we seldom meet a closed one. */
const IDLE_MS = 4_000;

export interface PooledRequest {
  readonly target: DialTarget;
  /** Requests of one key may share connections: equal target and equal TLS material. */
  readonly key: string;
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

/** The HTTP connections of a prober, opened by {@link dial} and kept by node's own agent. */
export class ConnectionPool {
  readonly #network: Network;
  readonly #agent: DiallingAgent;
  readonly keepAlive: boolean;
  readonly #certificates = new WeakMap<object, PeerCertificate>();

  constructor(network: Network, keepAlive: boolean) {
    this.#network = network;
    this.keepAlive = keepAlive;
    this.#agent = new DiallingAgent({ keepAlive, timeout: IDLE_MS, scheduling: 'lifo' });
  }

  /** Takes a kept connection or opens one; a request that is destroyed while it waits for one does not tell. @throws what node finds wrong with the headers */
  request({ target, key, method, path, headers }: PooledRequest, attempt: Attempt): ClientRequest {
    // To node it is plain HTTP over a socket that is there already, with TLS or without.
    const options: ClientRequestArgs & DialOptions = {
      method,
      path,
      headers,
      agent: this.#agent,
      protocol: 'http:',
      host: target.host,
      port: target.port,
      setHost: false,
      // For node would look for one in the headers, and nothing asks it.
      servername: '',
      [KEY]: key,
      [OPEN]: () => this.#open(target, attempt),
    };
    return httpRequest(options);
  }

  async #open(target: DialTarget, attempt: Attempt): Promise<Socket> {
    const dialled = await dial(target, attempt, this.#network);
    if (dialled.secure) this.#certificates.set(dialled.socket, dialled.certificate);
    return dialled.socket;
  }

  certificateOf(socket: Socket): PeerCertificate | undefined {
    return this.#certificates.get(socket);
  }

  /** One kept connection turned out to be closed: the others of that key will be, too. */
  forgetIdle(key: string): void {
    for (const socket of this.#agent.freeSockets[key] ?? []) socket.destroy();
  }

  close(): void {
    this.#agent.destroy();
  }
}

type Open = () => Promise<Duplex>;

const KEY = Symbol('key of the connection');
const OPEN = Symbol('opens the connection');

/** Node hands the options of a request on to its agent, symbols included. */
interface DialOptions {
  readonly [KEY]?: string;
  readonly [OPEN]?: Open;
  readonly servername?: string;
}

class DiallingAgent extends Agent {
  override getName(options: ClientRequestArgs & DialOptions = {}): string {
    return options[KEY] ?? '';
  }

  override createConnection(options: ClientRequestArgs & DialOptions, done?: (error: Error | null, socket: Duplex) => void): undefined {
    const open = options[OPEN] ?? noWay;
    // The types know no failure without a socket; node asks for the error first.
    const fail = done as ((error: Error) => void) | undefined;
    open().then(
      (socket) => done?.(null, socket),
      (error: Error) => fail?.(error),
    );
  }
}

async function noWay(): Promise<Duplex> {
  throw new Error('no way to connect was given');
}
