/** The certificate that a server showed, as far as checks ask about it. Instants are epoch milliseconds. */
export interface PeerCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
  /** SHA-256 of the certificate, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** Whether the chain leads to a trusted authority and the name is one of the certificate's; why not otherwise. */
  readonly trusted: boolean;
  readonly untrustedReason?: string;
  /** Subjects from the leaf to the root, as sent and completed. */
  readonly chain: readonly string[];
}

export type Headers = readonly (readonly [name: string, value: string])[];

/** One answer on the way: the redirects that were followed, and the last one. URLs may hold secrets; reports redact them. */
export interface Hop {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly remoteAddress?: string;
  readonly durationMs: number;
}

export interface HttpSubject {
  readonly kind: 'http';
  readonly status: number;
  readonly httpVersion: string;
  readonly headers: Headers;
  /** Decoded from its content encoding. */
  readonly body: Buffer;
  /** Bytes on the wire, before decoding. */
  readonly encodedBytes: number;
  /** Of the last hop. */
  readonly url: string;
  /** All answers in their order, the last one included. */
  readonly hops: readonly Hop[];
  readonly certificate?: PeerCertificate;
}

export interface TcpSubject {
  readonly kind: 'tcp';
  /** What the server sent, up to the cap. */
  readonly received: Buffer;
}

export interface TlsSubject {
  readonly kind: 'tls';
  readonly certificate: PeerCertificate;
  /** `TLSv1.3` */
  readonly protocol: string;
}

export interface DnsSubject {
  readonly kind: 'dns';
  /** In presentation form: an address, a name without its final dot, `10 mail.example.com` for MX, the text of TXT. Empty for NODATA and NXDOMAIN. */
  readonly records: readonly string[];
  /** `NOERROR`, `NXDOMAIN` and the like. */
  readonly code: string;
}

export interface GrpcSubject {
  readonly kind: 'grpc';
  /** grpc.health.v1: `SERVING`, `NOT_SERVING`, `UNKNOWN`, `SERVICE_UNKNOWN`. */
  readonly serving: string;
  /** gRPC status code of the call, 0 for OK, and its message. */
  readonly code: number;
  readonly message: string;
}

/** What a probe saw; assertions and captures read it. */
export type Subject = HttpSubject | TcpSubject | TlsSubject | DnsSubject | GrpcSubject;
