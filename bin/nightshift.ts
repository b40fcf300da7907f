#!/usr/bin/env node
import { processIo } from './io.ts';
import { main } from './main.ts';
import { endProcess, guardOutput, interruptSignal, quietAwsSdk } from './process.ts';

guardOutput(process.stdout, process.stderr);
quietAwsSdk(process.env);
const signal = interruptSignal();
const exitCode = await main(process.argv.slice(2), processIo(signal));
await endProcess(exitCode, process.stdout, process.stderr);
