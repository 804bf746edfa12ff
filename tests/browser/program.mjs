// The program under test, on a free port with data of its own that is gone afterwards.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const binary = process.env.REDRESS_BINARY ?? fileURLToPath(new URL('../../build/release/redress', import.meta.url));
const patience_ms = 180_000;

function free_port() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function is_alive(url) {
  try {
    return (await fetch(`${url}livez`)).ok;
  } catch {
    return false;
  }
}

/** Who is alone in a house without demonstration data. */
export const founder = { login: 'boss', password: 'quiet-harbour-42' };

/** {url, stop}: resolves when the program answers; throws with what it said when it ends before that. */
export async function start_program({ is_demo = true } = {}) {
  const port = await free_port();
  const data = await mkdtemp(join(tmpdir(), 'redress-browser-'));
  if (!is_demo) execFileSync(binary, ['admin', 'create', founder.login, '--name', 'Boss', '--password', founder.password, '--data', data]);
  const child = spawn(binary, ['serve', ...(is_demo ? ['--demo'] : []), '--port', String(port), '--metrics-port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let ended = null;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said = (said + bytes).slice(-20_000)));
  const end = new Promise((resolve) => child.on('exit', (code, signal) => resolve((ended = signal ?? code))));
  child.on('error', (error) => (ended = error.message));

  const url = `http://127.0.0.1:${port}/`;
  const stop = async () => {
    if (ended === null) child.kill('SIGTERM');
    await end;
    await rm(data, { recursive: true, force: true });
  };
  const until = Date.now() + patience_ms;
  while (!(await is_alive(url))) {
    if (ended !== null) throw new Error(`${binary} ended (${ended}):\n${said}`);
    if (Date.now() > until) {
      await stop();
      throw new Error(`${binary} did not answer within ${patience_ms} ms:\n${said}`);
    }
    await sleep(100);
  }
  return { url, stop };
}
