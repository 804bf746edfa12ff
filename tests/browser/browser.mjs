// Debian's Chromium, with nothing in it that calls out.

import { chromium } from 'playwright-core';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export function start_browser() {
  return chromium.launch({ executablePath: process.env.REDRESS_CHROMIUM ?? '/usr/bin/chromium', args: flags });
}
