import type { Agent } from 'node:http';

/** The TLS side of a connection: options of node:tls, as far as Kubernetes uses them. */
export interface TlsMaterial {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly passphrase?: string;
  /** The name the server's certificate must carry, when it is not the host of the URL. */
  readonly servername?: string;
  /** Only ever `false`, and only where a person's kubeconfig says so. */
  readonly rejectUnauthorized?: false;
}

/** Where and as whom one request goes. */
export interface Access {
  readonly server: URL;
  /** The same object as long as nothing in it changed: a new one makes the transport open new connections. */
  readonly tls: TlsMaterial;
  /** In lower case; a list is sent as one header for each value. Credentials among them: never to be logged. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly proxy?: ProxyRoute;
}

/** The way to a server that is not reached directly. */
export interface ProxyRoute {
  /** Opens connections through it, and rejects with a ProxyError where the proxy is at fault; owned by the connection. */
  readonly agent: Agent;
  /** Host and port, never its credentials. */
  readonly host: string;
}

/** A cluster's address and identity: by EKS name, from a kubeconfig, or from inside the cluster. */
export interface Connection {
  /** Asked before every request, and cheap: what is cached is checked against the clock at use. */
  access(signal?: AbortSignal): Promise<Access>;
  /** The server refused `used` as unauthenticated: drop it, unless something newer has taken its place already. */
  invalidate(used: Access): void;
  /** What a person should do when the server does not know this identity (401). */
  readonly unauthorizedHint: string;
}
