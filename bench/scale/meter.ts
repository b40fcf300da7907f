/**
 * Loaded into a contestant before its own code (`node --import`): when the process ends it writes what the process used to file descriptor 3.
 * Bytes are those of its sockets, TLS and headers included.
 */
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** What a process used, from its start to its end. */
export interface Usage {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly connections: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
}

const REPORT_TO = 3;
const sockets = new Set<Socket>();

// Documented in node:diagnostics_channel; node:https goes through it too.
subscribe('http.client.request.start', (message) => {
  const { request } = message as { readonly request: ClientRequest };
  if (request.socket) sockets.add(request.socket);
  else request.once('socket', (socket) => sockets.add(socket));
});

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const sum = (of: (socket: Socket) => number): number => [...sockets].reduce((total, socket) => total + of(socket), 0);
  const usage: Usage = {
    bytesIn: sum((socket) => socket.bytesRead),
    bytesOut: sum((socket) => socket.bytesWritten),
    connections: sockets.size,
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakRssMb: maxRSS / 1000,
  };
  writeSync(REPORT_TO, JSON.stringify(usage));
});
