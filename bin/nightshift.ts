#!/usr/bin/env node
import { processIo } from './io.ts';
import { main } from './main.ts';
import { guardOutput, interruptSignal, quietAwsSdk } from './process.ts';

guardOutput(process.stdout, process.stderr);
quietAwsSdk(process.env);
const signal = interruptSignal();
process.exitCode = await main(process.argv.slice(2), processIo(signal));
// What was interrupted may still hold connections open.
if (signal.aborted) process.exit();
