import type { OutgoingHttpHeaders } from 'node:http2';
import type { GrpcSubject } from '../../subject.ts';
import type { GrpcProbe } from '../../suite/probe-kinds.ts';
import type { Attempt } from '../attempt.ts';
import { type Dialled, dial, type Network } from '../dial.ts';
import { ProbeFailure } from '../probe-failure.ts';
import { hostWithPort, targetHost } from '../target-host.ts';
import { callUnary, notGrpc } from './call-unary.ts';
import type { GrpcStatus } from './grpc-status.ts';
import { BadMessageError, healthRequest, type ServingStatus, servingStatus } from './health-messages.ts';

const OK = 0;
const NOT_FOUND = 5;

/** One call of grpc.health.v1.Health/Check over HTTP/2, in clear text (prior knowledge) or TLS. Each call has a connection of its own. */
export async function grpcProbe(probe: GrpcProbe, attempt: Attempt, network: Network): Promise<GrpcSubject> {
  const host = targetHost(probe.host);
  const tls = probe.tls && { settings: probe.tls, name: probe.tls.serverName ?? host, protocols: ['h2'] };
  const dialled = await dial({ host, port: probe.port, ...(tls && { tls }) }, attempt, network);
  try {
    speaksHttp2(dialled);
    const headers = headersOf(probe, hostWithPort(tls?.name ?? host, probe.port), attempt);
    const { body, status } = await callUnary(dialled.socket, { headers, body: healthRequest(probe.service) }, attempt);
    return { kind: 'grpc', serving: servingOf(status, body), ...status };
  } finally {
    dialled.socket.destroy();
  }
}

function speaksHttp2(dialled: Dialled): void {
  if (!dialled.secure || dialled.socket.alpnProtocol === 'h2') return;
  throw new ProbeFailure(
    'protocol',
    'the server does not speak HTTP/2 on this port (ALPN)',
    'check the port, and that the load balancer passes HTTP/2 on',
  );
}

function headersOf({ metadata, tls }: GrpcProbe, authority: string, { limits }: Attempt): OutgoingHttpHeaders {
  const own: Record<string, string[]> = {};
  for (const [name, value] of metadata) own[name.toLowerCase()] = [...(own[name.toLowerCase()] ?? []), value];
  return {
    ...own,
    ':method': 'POST',
    ':scheme': tls ? 'https' : 'http',
    ':authority': authority,
    ':path': '/grpc.health.v1.Health/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
    'user-agent': 'nightshift',
    // At most eight digits; the unit is milliseconds.
    'grpc-timeout': `${Math.min(99_999_999, Math.max(1, Math.ceil(limits.timeoutMs)))}m`,
  };
}

function servingOf({ code }: GrpcStatus, body: Buffer): ServingStatus {
  // The health protocol's own words for a service that the server does not know.
  if (code === NOT_FOUND) return 'SERVICE_UNKNOWN';
  if (code !== OK) return 'UNKNOWN';
  try {
    return servingStatus(body);
  } catch (error) {
    throw error instanceof BadMessageError ? notGrpc(error.message) : error;
  }
}
