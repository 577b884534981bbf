import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** Where Chromium is on this machine: CHROMIUM_PATH, the system's own, or Playwright's; null when there is none. */
export function findChromium(): string | null {
  const places = [process.env.CHROMIUM_PATH, ...usualPlaces, chromium.executablePath()];
  return places.find((place) => place !== undefined && existsSync(place)) ?? null;
}
