// search.mjs write DATA COUNT: prints COUNT complaints as CSV, mixed from the public-service messages in DATA.
// search.mjs measure DATA COUNT URL KEY: asks the desk that imported them for 500 random words and 200 similar cases, holds
// the answers against a plain scan of the same texts, and prints name TAB figure TAB unit.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import path from 'node:path';

const [what, data, size, url, key] = process.argv.slice(2);
const count = Number(size);
const page = 50;

/** The same numbers in the same order each time. */
function randomness(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function* complaints() {
  const file = path.join(data, 'taidi_zhengwu', 'messages_segmented_labelled_train.tsv');
  const messages = readFileSync(file, 'utf8').split('\n').slice(1).map((line) => (line.split('\t')[1] ?? '').replaceAll(' ', ''))
    .filter((text) => text.length >= 20);
  const random = randomness(7);
  for (let i = 1; i <= count; i += 1) {
    const [begin, end] = [messages[random(messages.length)], messages[random(messages.length)]];
    yield `第${i}件：${begin.slice(0, 20 + random(100))}，${end.slice(-20 - random(80))}`;
  }
}

function write() {
  const rows = ['id,time,text,name,phone'];
  let i = 0;
  for (const text of complaints()) {
    i += 1;
    rows.push(`S${i},2026-10-${String((i % 28) + 1).padStart(2, '0')}T08:00:00+08:00,"${text.replaceAll('"', '')}",李雷${i},137${String(i).padStart(8, '0')}`);
    if (rows.length === 10_000) process.stdout.write(`${rows.splice(0).join('\n')}\n`);
  }
  process.stdout.write(`${rows.join('\n')}\n`);
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(where) {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    request(url + where, { agent, headers: { Authorization: `Bearer ${key}` } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk) => { body += chunk; }).on('end', () => {
        if (answer.statusCode !== 200) reject(new Error(`${where}: ${answer.statusCode} ${body}`));
        else resolve({ ...JSON.parse(body), took: performance.now() - begun });
      });
    }).on('error', reject).end();
  });
}

const number_in = (title) => Number(/^第(\d+)件/.exec(title)?.[1]);
const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const tell = (name, figure, unit) => process.stdout.write(`${name}\t${figure}\t${unit}\n`);

function words_of(texts) {
  const random = randomness(11);
  const words = new Set();
  while (words.size < 500) {
    const text = texts[random(texts.length)];
    const at = random(text.length - 4);
    const word = text.slice(at, at + 2 + random(3));
    if (/^\p{Script=Han}+$/u.test(word)) words.add(word);
  }
  return [...words];
}

/** Rows of the plain scan that a first page must show and does not; none when it shows them all. */
function missed(texts, word, found) {
  const shown = new Set(found.map((item) => number_in(item.title)));
  const oldest = found.length < page ? 0 : Math.min(...shown);
  let misses = 0;
  for (let i = texts.length; i > oldest; i -= 1) if (texts[i - 1].includes(word) && !shown.has(i)) misses += 1;
  return misses;
}

async function measure() {
  const texts = [...complaints()];
  const took = [];
  const ids = [];
  let misses = 0;
  for (const word of words_of(texts)) {
    const answer = await ask(`/api/v1/search?limit=${page}&q=${encodeURIComponent(`"${word}"`)}`);
    took.push(answer.took);
    misses += missed(texts, word, answer.items);
    ids.push(...answer.items.slice(0, 1).map((item) => item.id));
  }
  tell('search, 500 random Chinese words of 2 to 4, newest 50: cases that a plain scan finds and it misses', misses, '');
  tell('the same, p50 / p99', `${percentile(took, 0.5).toFixed(1)} / ${percentile(took, 0.99).toFixed(1)}`, 'ms');
  const similar = [];
  let found = 0;
  for (const id of ids.slice(0, 200)) {
    const answer = await ask(`/api/v1/cases/${id}/similar`);
    similar.push(answer.took);
    found += answer.items.length > 0 ? 1 : 0;
  }
  tell('similar cases of 200 cases, p50 / p99', `${percentile(similar, 0.5).toFixed(1)} / ${percentile(similar, 0.99).toFixed(1)}`, 'ms');
  tell('of these with at least one similar case', ((100 * found) / similar.length).toFixed(0), '%');
}

if (what === 'write') write();
else await measure();
agent.destroy();
