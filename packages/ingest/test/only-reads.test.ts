import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));

/** The cache of thumbnails and scratch files, each in a folder of its own, and sidecars, on request. Nothing else writes, and none can name a photo. */
const WRITERS = ['pixels/thumbnail-cache.ts', 'files/scratch-folder.ts', 'regions/write-sidecar.ts'];

/** Starts exiftool, which could write; who tells it to is counted below. */
const RUNNER = 'exiftool/spawn-exiftool.ts';

/** What a module may take from `node:fs` without being able to change a file. */
const READING = new Set([
  'access',
  'closeSync',
  'constants',
  'createReadStream',
  'existsSync',
  'lstat',
  'open',
  'opendir',
  'openSync',
  'readdir',
  'readFile',
  'readFileSync',
  'readSync',
  'realpath',
  'realpathSync',
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
      if (file === RUNNER && module === 'child_process') continue;
      expect(module).not.toBe('child_process');
      // A default or namespace import would bring everything.
      expect(names).toMatch(/^(type )?\{/);
      const taken = [...names.matchAll(/(?:type )?(\w+)(?: as \w+)?/g)].filter(([text]) => !text.startsWith('type'));
      const values = names.startsWith('type') ? [] : taken.map(([, name = '']) => name);
      expect(values.filter((name) => !READING.has(name))).toEqual([]);
      if (values.includes('open') || values.includes('openSync')) {
        const opened = [...source.matchAll(/(?:await open|openSync)\((.*)\)/g)].map(([, words = '']) => words);
        expect(opened.length).toBeGreaterThan(0);
        for (const words of opened) expect(words).toMatch(/, 'r'\)*$/);
      }
    }
    expect(source).not.toMatch(/\.toFile\(|import\((?:'|")(?:node:)?fs|process\.binding|\brequire\((?:'|")(?:node:)?fs/);
  });

  it('have exiftool write into scratch files alone', async () => {
    const commands: string[] = [];
    for (const file of files) {
      const source = await readFile(`${SOURCES}/${file}`, 'utf8');
      for (const [call] of source.matchAll(
        /\b(?:cluster|exiftool)\.(?:write|editTags|deleteAllTags|rewriteAllTags|extract\w+)\([^,)]*/g,
      )) {
        commands.push(`${file}: ${call}`);
      }
    }
    expect(commands).toEqual(['exiftool/open-exiftool.ts: cluster.write(path']);
    const source = await readFile(`${SOURCES}/exiftool/open-exiftool.ts`, 'utf8');
    expect(source).toContain('const path = await scratch.write(');
  });

  it('write in the places that are known to', async () => {
    for (const writer of [...WRITERS, RUNNER]) expect(files).toContain(writer);
  });
});
