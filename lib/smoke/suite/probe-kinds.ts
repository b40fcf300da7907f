import type { Json } from '../../manifests/json.ts';

/** In the order in which they are written; a name may come twice. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** How the other side of a TLS connection is known, and how we make ourselves known. Certificates and keys are PEM texts. */
export interface TlsSettings {
  /** Trusted beside the authorities of Node. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Sent as SNI and looked for in the certificate, instead of the host's name. */
  readonly serverName?: string;
  /** The certificate is looked at and not judged. */
  readonly insecure: boolean;
  /** SHA-256 of the server's own certificate: 64 lower-case hexadecimal digits. Another one is a failure of the class `tls`. */
  readonly pin?: string;
}

export interface MultipartPart {
  readonly name: string;
  readonly content: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'base64'; readonly base64: string };
  readonly filename?: string;
  readonly contentType?: string;
}

/** Each but `text` and `base64` has a content type of its own, which a header of the suite overrides. */
export type HttpBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly base64: string }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'form'; readonly fields: Pairs }
  | { readonly kind: 'multipart'; readonly parts: readonly MultipartPart[] }
  | { readonly kind: 'graphql'; readonly query: string; readonly variables?: Json };

export type HttpAuth =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'sigv4'; readonly service: string; readonly region: string };

export interface HttpProbe {
  readonly kind: 'http';
  /** Upper case. */
  readonly method: string;
  readonly url: string;
  readonly headers: Pairs;
  /** Added to those of the URL; not yet encoded. */
  readonly query: Pairs;
  readonly body?: HttpBody;
  readonly auth?: HttpAuth;
  /** Redirects that are followed; beyond them the redirect is the answer. */
  readonly followRedirects: number;
  readonly tls: TlsSettings;
  /** `10.0.0.5`, `10.0.0.5:8443`, `[::1]:8443` or a name: where to connect instead, with Host and SNI of the URL. */
  readonly connectTo?: string;
  /** Whether gzip, deflate and br are asked for and undone. */
  readonly decompress: boolean;
}

/** When reading ends: at once, after the first bytes, once a text has come, or when the other side closes. */
export type TcpReceive =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'first' }
  | { readonly kind: 'until'; readonly text: string }
  | { readonly kind: 'close' };

/** `Port` is a text as long as a template may stand in its place. */
export interface TcpProbe<Port = number> {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: Port;
  readonly send?: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'base64'; readonly base64: string };
  readonly receive: TcpReceive;
}

/** The handshake is finished also with a certificate that is not trusted: assertions judge it. */
export interface TlsProbe<Port = number> {
  readonly kind: 'tls';
  readonly host: string;
  readonly port: Port;
  readonly tls: TlsSettings;
}

export const DNS_TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
export type DnsType = (typeof DNS_TYPES)[number];

export interface DnsProbe {
  readonly kind: 'dns';
  readonly name: string;
  readonly type: DnsType;
  /** `10.0.0.2` or `10.0.0.2:53`; the resolvers of the system when absent. */
  readonly server?: string;
}

/** A call of grpc.health.v1.Health/Check. */
export interface GrpcProbe<Port = number> {
  readonly kind: 'grpc';
  readonly host: string;
  readonly port: Port;
  /** '' asks for the server as a whole. */
  readonly service: string;
  /** Absent: HTTP/2 in clear text. */
  readonly tls?: TlsSettings;
  readonly metadata: Pairs;
}

/** What a check does, with every `{{name}}` replaced. */
export type Probe = HttpProbe | TcpProbe | TlsProbe | DnsProbe | GrpcProbe;

type PortTemplate = number | string;

/** What a check does as the suite says it: texts may hold `{{name}}`. */
export type ProbeTemplate = HttpProbe | TcpProbe<PortTemplate> | TlsProbe<PortTemplate> | DnsProbe | GrpcProbe<PortTemplate>;
export type ProbeKind = Probe['kind'];
