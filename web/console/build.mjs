// Builds the console into a folder, each file plain and compressed (.br, .gz):
//   node build.mjs --npm npm --out DIR --log FILE
// Packages are fetched when package-lock.json changed since the last time; otherwise nothing is asked of the network.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const text = { type: 'string' };
const { npm, out, log } = parseArgs({ options: { npm: { ...text, default: 'npm' }, out: text, log: text } }).values;
const here = new URL('.', import.meta.url).pathname;
const mark = join(here, 'node_modules', '.lock-hash');
const least_bytes = 256;

/** Runs a command here and keeps what it says; ends this one with the end of that when it fails. */
function run(command, args) {
  const { status, error, output } = spawnSync(command, args, { cwd: here, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const said = `$ ${command} ${args.join(' ')}\n${(output ?? []).filter(Boolean).join('')}${error ?? ''}\n`;
  appendFileSync(log, said);
  if (status === 0) return;
  console.error(said.split('\n').slice(-40).join('\n'));
  console.error(`The whole log: ${log}`);
  process.exit(1);
}

function fetch_packages() {
  const wanted = createHash('sha256').update(readFileSync(join(here, 'package-lock.json'))).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  run(npm, ['ci', '--no-audit', '--no-fund']);
  writeFileSync(mark, wanted);
}

function* files_below(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files_below(path);
    else yield path;
  }
}

function compress(path) {
  const bytes = readFileSync(path);
  if (bytes.length < least_bytes) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}

writeFileSync(log, '');
fetch_packages();
run('node_modules/.bin/vite', ['build', '--outDir', out, '--emptyOutDir']);
for (const path of files_below(out)) compress(path);
appendFileSync(log, [...files_below(out)].map((path) => `${statSync(path).size} ${path}\n`).join(''));
