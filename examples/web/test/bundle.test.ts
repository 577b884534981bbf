import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { webFolder } from './support/test-site.ts';

/** What a browser may have to fetch as JavaScript before the first page shows, compressed. */
const firstPageBudgetBytes = 250_000;

describe.skipIf(!existsSync(webFolder))('The built page (skipped where `npm run web:build` has not run)', () => {
  it('keeps the JavaScript of the first page within its budget', async () => {
    const html = await readFile(join(webFolder, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
    expect(scripts.length).toBeGreaterThan(0);
    const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await readFile(join(webFolder, path))).length));
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(firstPageBudgetBytes);
  });

  it('names no other host in its entry, and carries no inline script', async () => {
    const html = await readFile(join(webFolder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });
});
