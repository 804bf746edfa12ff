// Drives the program in a real browser, with its demonstration data.
//   REDRESS_BINARY   the program; build/release/redress when unset
//   REDRESS_CHROMIUM the browser; /usr/bin/chromium when unset
//   node run.mjs console_queue …   only these files
// Pictures of every step are left in build/screenshots. The exit code is 0 when every check holds.

import { after, before } from 'node:test';

import { close_house, open_house } from './house.mjs';

before(open_house);
after(close_house);

const all = ['first', 'console_shell', 'console_queue', 'console_customer', 'console_access', 'workspace'];
for (const file of process.argv.length > 2 ? process.argv.slice(2) : all) await import(`./${file}.mjs`);
