// The program as its operator meets it: processes, signals, files and HTTP. Needs node 18 or later and nothing else.
//   REDRESS_BINARY   the program; build/release/redress when unset

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const binary = process.env.REDRESS_BINARY ?? fileURLToPath(new URL('../../build/release/redress', import.meta.url));
const environment = { ...process.env, LC_ALL: 'C.UTF-8' };
let folder;
const awake = setInterval(() => {}, 1000);
let key;

/** Runs a command to its end. */
function run(arguments_, { input = '', env = {} } = {}) {
  return new Promise((resolve) => {
    const child = execFile(binary, arguments_, { env: { ...environment, ...env }, maxBuffer: 1 << 26, timeout: 120_000 }, (error, out, err) =>
      resolve({ code: error ? (error.code ?? error.signal) : 0, out, err }),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Starts the desk on a free port and waits until it says where it is. */
function serve(data, extra = []) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, ['serve', '--data', data, '--port', '0', ...extra], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const address = /http:\/\/[\d.]+:\d+\//.exec(said)?.[0];
      if (address) resolve({ child, url: address.slice(0, -1) });
    });
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
}

async function stop(program, signal = 'SIGTERM') {
  program.child.removeAllListeners('exit');
  const ended = new Promise((resolve) => program.child.once('exit', resolve));
  program.child.kill(signal);
  return ended;
}

function call(program, method, where, body, headers = {}) {
  return fetch(program.url + where, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
}

const complaint = (text) => ({
  inputs: { channel: 'phone', raw_content: text, description: text, complainant_name: '李雷', remedy_unknown: true },
});

const file = (program, text, name = randomUUID()) => call(program, 'POST', '/api/v1/cases', complaint(text), { 'Idempotency-Key': name });

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'redress-system-'));
  const made = await run(['admin', 'create', 'boss', '--name', 'Boss', '--data', path.join(folder, 'data')], { input: 'quiet-harbour-42\n' });
  assert.equal(made.code, 0, made.err);
  const given = await run(['key', 'create', 'tests', '--by', 'boss', '--roles', 'intake,manager', '--data', path.join(folder, 'data')]);
  assert.equal(given.code, 0, given.err);
  key = given.out.trim();
  assert.match(key, /^rk_/);
});

after(() => {
  clearInterval(awake);
  return rm(folder, { recursive: true, force: true });
});

test('I1, I2, I4, I7: killed under load, nothing acknowledged is lost or doubled, and the chain holds', { timeout: 120_000 }, async () => {
  const data = path.join(folder, 'data');
  const acknowledged = new Map();
  for (let round = 0; round < 3; ++round) {
    const program = await serve(data);
    let is_running = true;
    const senders = Array.from({ length: 8 }, async (_, sender) => {
      for (let i = 0; is_running; ++i) {
        const name = `${round}-${sender}-${i}`;
        try {
          const answer = await file(program, `投诉 ${name}`, name);
          if (answer.status === 201) acknowledged.set(name, (await answer.json()).ref_no);
        } catch {
          return;
        }
      }
    });
    await new Promise((wake) => setTimeout(wake, 600));
    await stop(program, 'SIGKILL');
    is_running = false;
    await Promise.all(senders);
  }
  assert.ok(acknowledged.size > 50, `only ${acknowledged.size} complaints were filed`);
  const begun = Date.now();
  const program = await serve(data);
  assert.ok(Date.now() - begun < 5000);
  try {
    assert.equal(new Set(acknowledged.values()).size, acknowledged.size);
    for (const [name, ref_no] of [...acknowledged].slice(-40)) {
      const found = await (await call(program, 'GET', `/api/v1/cases?ref_no=${ref_no}`)).json();
      assert.equal(found.items.length, 1, `${name} ${ref_no}`);
      const again = await (await file(program, `投诉 ${name}`, name)).json();
      assert.equal(again.ref_no, ref_no);
    }
  } finally {
    assert.equal(await stop(program), 0);
  }
  const verified = await run(['verify', '--rebuild', '--data', data]);
  assert.equal(verified.code, 0, verified.out + verified.err);
});

test('a second process on the same store says what to do and changes nothing', async () => {
  const data = path.join(folder, 'data');
  const program = await serve(data);
  try {
    const second = await run(['serve', '--data', data, '--port', '0']);
    assert.equal(second.code, 3);
    assert.match(second.err, /Another process/);
    const chinese = await run(['serve', '--data', data, '--port', '0'], { env: { LC_ALL: 'zh_CN.UTF-8' } });
    assert.match(chinese.err, /另一进程/);
  } finally {
    await stop(program);
  }
});

test('P3: events arrive at once and resume without a gap', { timeout: 30_000 }, async () => {
  const program = await serve(path.join(folder, 'data'));
  try {
    const first = await (await file(program, '第一件')).json();
    const second = await (await file(program, '第二件')).json();
    const stream = await call(program, 'GET', '/api/v1/events', undefined, { 'Last-Event-ID': String(first.event_seq) });
    assert.equal(stream.status, 200);
    const reader = stream.body.getReader();
    const third = await (await file(program, '第三件')).json();
    let text = '';
    while (!text.includes(`id: ${third.event_seq}`)) text += Buffer.from((await reader.read()).value).toString();
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((found) => Number(found[1]));
    assert.deepEqual(ids, [...ids].sort((a, b) => a - b));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.includes(second.event_seq));
    assert.ok(!ids.includes(first.event_seq));
    assert.doesNotMatch(text, /第三件|李雷/);
    await reader.cancel();
  } finally {
    await stop(program);
  }
});

test('what is wrong is said at once, in the reader’s language, and nothing is filed', async () => {
  const program = await serve(path.join(folder, 'data'));
  try {
    const wrong = { inputs: { channel: 'pigeon', raw_content: 'x', is_admin: true, anonymous: 'yes' } };
    const answer = await call(program, 'POST', '/api/v1/cases', wrong, { 'Idempotency-Key': randomUUID(), 'Accept-Language': 'zh' });
    assert.equal(answer.status, 422);
    const problem = await answer.json();
    assert.equal(problem.errors.length, 3);
    assert.match(problem.detail, /[一-龥]/);
    assert.equal((await call(program, 'POST', '/api/v1/cases', complaint('x'))).status, 400);
    const unknown = await call(program, 'POST', '/api/v1/cases', { inputs: {}, owner: 1 }, { 'Idempotency-Key': randomUUID() });
    assert.equal((await unknown.json()).errors[0].code, 'field_unknown');
    const filed = await (await file(program, '要核对版本')).json();
    const note = (version) =>
      call(program, 'POST', `/api/v1/cases/${filed.id}/commands/add_note`, { inputs: { text: 'x' } }, { 'Idempotency-Key': randomUUID(), 'If-Match': `"${version}"` });
    assert.equal((await note(filed.version)).status, 200);
    assert.equal((await note(filed.version)).status, 412);
    assert.equal((await fetch(`${program.url}/api/v1/queue`)).status, 401);
  } finally {
    await stop(program);
  }
});

test('P7: an import is resumed, a row comes in once, and refused rows are told with their reasons', async () => {
  const data = path.join(folder, 'import');
  await run(['admin', 'create', 'boss', '--name', 'Boss', '--data', data], { input: 'quiet-harbour-42\n' });
  const csv = path.join(folder, 'complaints.csv');
  const mapping = path.join(folder, 'mapping.toml');
  const rows = Array.from({ length: 1200 }, (_, i) => `${i},2026-11-0${1 + (i % 9)},"投诉内容 ${i}"`);
  rows[700] = '700,not a date,"日期不对"';
  await writeFile(csv, `number,date,text\n${rows.join('\n')}\n`);
  await writeFile(
    mapping,
    `schema = "redress.import/1"\nsystem = "old"\n[columns]\nexternal_id = "number"\nreceived_at = "date"\ndescription = "text"\n[constants]\nanonymous = true\nremedy_unknown = true\n[received_at]\nformats = ["%Y-%m-%d"]\nzone = "Asia/Shanghai"\n`,
  );
  const first = await run(['import', 'complaints', '--mapping', mapping, csv, '--data', data]);
  assert.equal(first.code, 1, first.out + first.err);
  assert.match(first.out, /1199 imported/);
  const again = await run(['import', 'complaints', '--mapping', mapping, csv, '--data', data]);
  assert.match(again.out, /0 imported, 1199 known/, again.out + again.err);
  assert.equal((await run(['verify', '--rebuild', '--data', data])).code, 0);
});

test('P7: an import that is interrupted stops cleanly, says so, and goes on with the same command', { timeout: 120_000 }, async () => {
  const data = path.join(folder, 'interrupted');
  await run(['admin', 'create', 'boss', '--name', 'Boss', '--data', data], { input: 'quiet-harbour-42\n' });
  const csv = path.join(folder, 'many.csv');
  const mapping = path.join(folder, 'many.toml');
  const count = 3_000;
  const rows = Array.from({ length: count }, (_, i) => `${i},"投诉内容 ${i}"`);
  await writeFile(csv, `number,text\n${rows.join('\n')}\n`);
  await writeFile(
    mapping,
    `schema = "redress.import/1"\nsystem = "old"\n[columns]\nexternal_id = "number"\ndescription = "text"\n[constants]\nreceived_at = "2026-11-01T09:00:00Z"\nanonymous = true\nremedy_unknown = true\n`,
  );
  const order = ['import', 'complaints', '--mapping', mapping, csv, '--data', data];
  const child = spawn(binary, order, { env: { ...environment, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const is_writing = async () => (await stat(path.join(data, 'redress.db-wal')).catch(() => ({ size: 0 }))).size > 1_000_000;
  while (!(await is_writing())) {
    assert.equal(child.exitCode, null, said);
    await new Promise((wake) => setTimeout(wake, 5));
  }
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  assert.equal(code, 130, said);
  const begun = Number(/(\d+) imported/.exec(said)?.[1]);
  assert.ok(begun < count, said);
  assert.match(said, /same command goes on/);
  const rest = await run(order);
  assert.equal(rest.code, 0, rest.out + rest.err);
  assert.match(rest.out, new RegExp(`${count} imported, 0 known`));
  assert.equal((await run(['verify', '--rebuild', '--data', data])).code, 0);
});

/** A desk on a file system of its own, `size` large, with a file `ballast` on it; it is verified after it has ended. */
const on_small_disk = `
set -e
mount -t tmpfs -o size="$3" tmpfs "$1"
head -c "$4" /dev/zero >"$1/ballast"
echo quiet-harbour-42 | "$2" admin create boss --name Boss --data "$1/data" >/dev/null 2>&1
"$2" key create tests --by boss --roles intake,manager --data "$1/data" 2>/dev/null
"$2" serve --data "$1/data" --port 0 &
trap 'kill -TERM $!' TERM
wait $! || wait $! || true
exec "$2" verify --rebuild --data "$1/data"
`;

async function serve_on_small_disk(mount) {
  const child = spawn('unshare', ['-rm', 'bash', '-c', on_small_disk, 'bash', mount, binary, '48m', '16M'], { env: environment });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdout.on('data', (chunk) => (said += chunk));
  const until = Date.now() + 20_000;
  for (;;) {
    const url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
    if (url) return { child, url, key: /^rk_\S+/m.exec(said)[0], said: () => said };
    assert.ok(Date.now() < until && child.exitCode === null, said);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

test('I8: on a full disk nothing acknowledged is lost, reading goes on, and so does writing once there is room', { timeout: 120_000 }, async (t) => {
  if ((await new Promise((done) => execFile('unshare', ['-rm', 'true'], done))) !== null) return t.skip('needs user namespaces');
  const mount = path.join(folder, 'small');
  await mkdir(mount);
  const program = await serve_on_small_disk(mount);
  const ours = { Authorization: `Bearer ${program.key}` };
  const long = '水'.repeat(15_000);
  const send = () => call(program, 'POST', '/api/v1/cases', complaint(`${randomUUID()} ${long}`), { ...ours, 'Idempotency-Key': randomUUID() });
  const acknowledged = [];
  let answer = await send();
  for (; answer.status === 201 && acknowledged.length < 2000; answer = await send()) acknowledged.push((await answer.json()).ref_no);
  assert.equal(answer.status, 503, `${acknowledged.length} were filed`);
  assert.equal(answer.headers.get('Content-Type'), 'application/problem+json');
  assert.equal((await call(program, 'GET', '/api/v1/queue', undefined, ours)).status, 200);
  await rm(`/proc/${program.child.pid}/root${mount}/ballast`);
  for (const until = Date.now() + 10_000; answer.status !== 201; answer = await send()) {
    assert.ok(Date.now() < until, `still ${answer.status}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
  for (const ref_no of acknowledged) {
    const found = await (await call(program, 'GET', `/api/v1/cases?ref_no=${ref_no}`, undefined, ours)).json();
    assert.equal(found.items.length, 1, ref_no);
  }
  const code = await stop(program);
  assert.equal(code, 0, program.said());
  assert.match(program.said(), /The chain holds/);
  return undefined;
});

test('P8: a backup is restored elsewhere and verifies', async () => {
  const data = path.join(folder, 'data');
  const backup = path.join(folder, 'backup');
  const restored = path.join(folder, 'restored');
  assert.equal((await run(['backup', backup, '--data', data])).code, 0);
  const done = await run(['restore', backup, '--data', restored]);
  assert.equal(done.code, 0, done.err);
  assert.equal((await run(['verify', '--rebuild', '--data', restored])).code, 0);
  assert.notEqual((await run(['restore', backup, '--data', restored])).code, 0);
});

test('C2: deadline questions on standard input get one answer a line', async () => {
  const question = '{"calendar":{"kind":"business_days","tz":"Europe/London","off":["2026-04-03","2026-04-06"],"end_of_day":"17:00"},"start":"2026-04-02T16:00:00+01:00","n":3,"unit":"business_day"}';
  const answered = await run(['policy', 'due'], { input: `${question}\nnonsense\n` });
  const lines = answered.out.trim().split('\n');
  assert.deepEqual(JSON.parse(lines[0]), { due: '2026-04-09T17:00:00+01:00' });
  assert.ok(JSON.parse(lines[1]).error);
  assert.equal((await run(['policy', 'check'])).code, 0);
});
