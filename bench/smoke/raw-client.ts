/**
 * What node can do at best: `node raw-client.ts ORIGIN PATH REQUESTS JOBS` asks over kept connections, parses each answer and looks at one field.
 * Prints the milliseconds that the requests took.
 */
import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';

const [origin = '', path = '', requests = '', jobs = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(jobs) });

function ask(number: number): Promise<void> {
  return new Promise((resolve, reject) => {
    get(`${origin}${path}?n=${number}`, { agent }, (response) => {
      text(response).then((body) => {
        const { ok } = JSON.parse(body) as { readonly ok: unknown };
        if (response.statusCode === 200 && ok === true) resolve();
        else reject(new Error(`status ${response.statusCode}: ${body}`));
      }, reject);
    }).on('error', reject);
  });
}

let next = 0;
const begun = performance.now();
await Promise.all(
  Array.from({ length: Number(jobs) }, async () => {
    while (next < Number(requests)) await ask(next++);
  }),
);
process.stdout.write(JSON.stringify({ ms: performance.now() - begun }));
agent.destroy();
