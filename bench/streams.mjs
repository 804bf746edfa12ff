// streams.mjs URL KEY COUNT: opens COUNT event streams, files complaints and tells how long until every stream had the event.
import http from 'node:http';
import { randomUUID } from 'node:crypto';

const [url, key, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const agent = new http.Agent({ maxSockets: Infinity });
const authorization = `Bearer ${key}`;
const seen = new Map();
let open = 0;

function listen() {
  http.get(`${url}/api/v1/events`, { agent, headers: { Authorization: authorization } }, (answer) => {
    if (answer.statusCode !== 200) throw new Error(`a stream was refused: ${answer.statusCode}`);
    open += 1;
    answer.on('data', (chunk) => {
      for (const found of chunk.toString().matchAll(/^id: (\d+)$/gm)) {
        const id = Number(found[1]);
        const entry = seen.get(id) ?? { n: 0, last: 0 };
        entry.n += 1;
        entry.last = performance.now();
        seen.set(id, entry);
      }
    });
  });
}

for (let i = 0; i < count; ++i) listen();
while (open < count) await new Promise((wake) => setTimeout(wake, 20));
const took = [];
for (let i = 0; i < 30; ++i) {
  const begun = performance.now();
  const answer = await fetch(`${url}/api/v1/cases`, {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: JSON.stringify({ inputs: { channel: 'web', raw_content: 'x', description: 'x', anonymous: true, remedy_unknown: true } }),
  });
  const { event_seq: id } = await answer.json();
  while ((seen.get(id)?.n ?? 0) < count) await new Promise((wake) => setTimeout(wake, 2));
  took.push(seen.get(id).last - begun);
}
took.sort((a, b) => a - b);
console.log(`events to ${count} streams, p99\t${took[Math.floor(took.length * 0.99)].toFixed(0)}\tms`);
process.exit(0);
