import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));

/** The cache of thumbnails, in a folder of its own, and sidecars, on request. Nothing else writes, and neither can name a photo. */
const WRITERS = ['pixels/thumbnail-cache.ts', 'regions/write-sidecar.ts'];

/** What a module may take from `node:fs` without being able to change a file. */
const READING = new Set([
  'access',
  'constants',
  'createReadStream',
  'existsSync',
  'lstat',
  'open',
  'opendir',
  'readdir',
  'readFile',
  'readFileSync',
  'realpath',
  'stat',
  'statfs',
  'watch',
]);

const files = (await readdir(SOURCES, { recursive: true })).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

describe('the sources of ingest', () => {
  it.each(files.filter((file) => !WRITERS.includes(file)))('only read in %s', async (file) => {
    const source = await readFile(`${SOURCES}/${file}`, 'utf8');
    const imports = [...source.matchAll(/import\s+([^;]*?)\s+from\s+'(?:node:)?(fs(?:\/promises)?|child_process)'/gs)];
    for (const [, names = '', module] of imports) {
      expect(module).not.toBe('child_process');
      // A default or namespace import would bring everything.
      expect(names).toMatch(/^(type )?\{/);
      const taken = [...names.matchAll(/(?:type )?(\w+)(?: as \w+)?/g)].filter(([text]) => !text.startsWith('type'));
      const values = names.startsWith('type') ? [] : taken.map(([, name = '']) => name);
      expect(values.filter((name) => !READING.has(name))).toEqual([]);
      if (values.includes('open')) {
        const opened = [...source.matchAll(/await open\((.*)\)/g)].map(([, words = '']) => words);
        expect(opened.length).toBeGreaterThan(0);
        for (const words of opened) expect(words).toMatch(/, 'r'\)*$/);
      }
    }
    expect(source).not.toMatch(/\.toFile\(|import\((?:'|")(?:node:)?fs|process\.binding|\brequire\((?:'|")(?:node:)?fs/);
  });

  it('write in the places that are known to', async () => {
    for (const writer of WRITERS) expect(files).toContain(writer);
  });
});
