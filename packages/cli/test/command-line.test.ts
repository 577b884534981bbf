import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { buildProgram } from '../src/program.ts';
import { finish, readRecords, runPhotoorg, startPhotoorg } from './run-photoorg.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

it('prints help and version on stdout with code 0', async () => {
  const help = await runPhotoorg(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('migrate-sqlite');
  expect(await runPhotoorg(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

it.each([
  { desc: 'an unknown command', words: ['develop'] },
  { desc: 'an unknown flag', words: ['photos', '--colour'] },
  { desc: 'a missing argument', words: ['suggest'] },
  { desc: 'a value out of range', words: ['photos', '--limit', '0'] },
  { desc: 'a word outside the choices', words: ['photos', '--order', 'sideways'] },
  { desc: 'no command', words: [] },
])('refuses $desc with code 64, on stderr', async ({ words }) => {
  const run = await runPhotoorg(words);
  expect(run).toMatchObject({ code: 64, stdout: '' });
  expect(run.stderr).not.toBe('');
});

it.each(['people', 'review'])(
  'calls a subcommand of %s that there is not by that name, and says which there are',
  async (name) => {
    const known = buildProgram()
      .commands.find((command) => command.name() === name)!
      .commands.map((command) => command.name());
    const run = await runPhotoorg([name, 'devlop']);
    expect(run).toMatchObject({ code: 64, stdout: '' });
    expect(run.stderr).toContain(`unknown command 'devlop' (${name} knows ${known.join(', ')})`);
  },
);

it('ends quietly when whoever reads the help has seen enough', async () => {
  const child = startPhotoorg(['--help']);
  child.stdout.destroy();
  expect(await finish(child)).toMatchObject({ code: 0, stderr: '' });
});

it('says so when there is nothing to list, to people alone', async () => {
  const library = await database.newLibrary();
  expect(await runPhotoorg(['people', ...library.flags])).toEqual({ code: 0, stdout: '', stderr: 'Nothing to list.\n' });
  expect(await runPhotoorg(['people', '--json', ...library.flags])).toEqual({ code: 0, stdout: '', stderr: '' });
});

it.each([
  { words: ['--enqueue', '--concurrency', '2'], flag: '--concurrency', because: '`photoorg worker`' },
  { words: ['--enqueue', '--thumbnails-folder', 'x'], flag: '--thumbnails-folder', because: '`photoorg worker`' },
  { words: ['--no-thumbnails', '--thumbnails-folder', 'x'], flag: '--thumbnails-folder', because: '--thumbnails' },
  { words: ['--poll', '5'], flag: '--poll', because: '--watch' },
  { words: ['--exif', '--min-face', '20'], flag: '--min-face', because: '--faces' },
  { words: ['--exif', '--weights', 'x.onnx'], flag: '--weights', because: '--faces' },
  { words: ['--faces', '--date-rules', 'x.json'], flag: '--date-rules', because: '--exif' },
])('refuses a flag of ingest that would do nothing: $words', async ({ words, flag, because }) => {
  const library = await database.newLibrary();
  const run = await runPhotoorg(['ingest', '--root', library.folder, ...words, ...library.flags]);
  expect(run).toMatchObject({ code: 64, stdout: '' });
  expect(run.stderr).toContain(`${flag} does nothing here`);
  expect(run.stderr).toContain(because);
});

it('refuses weights for an embedder that brings its own', async () => {
  const library = await database.newLibrary();
  const run = await runPhotoorg(['spaces', 'fill', '--embedder', 'int8', '--weights', 'x.onnx', ...library.flags]);
  expect(run).toMatchObject({ code: 64, stdout: '' });
  expect(run.stderr).toContain('--weights does nothing here: it needs --embedder faceplugin');
});

it('takes such a flag from the environment, where it is for other commands too', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  const env = { PHOTOORG_POLL: '5', PHOTOORG_MIN_FACE: '20' };
  const run = await runPhotoorg(['ingest', '--root', root, '--exif', ...library.flags], { env });
  expect(run).toMatchObject({ code: 0 });
});

it('names every wrong environment variable at once, with code 78', async () => {
  const library = await database.newLibrary();
  const env = {
    DATABASE_URL: 'mysql://localhost/photos',
    PGVECTOR_INDEX: 'btree',
    EMBEDDING_DIM: 'many',
    INGEST_THUMBNAILS: 'perhaps',
    CONFIDENCE_CONFIRM_THRESHOLD: '50',
    CONFIDENCE_AUTO_APPLY_THRESHOLD: 'high',
    PHOTOORG_CONCURRENCY: '0',
  };
  const run = await runPhotoorg(['ingest', '--root', library.folder], { env, cwd: library.folder });
  expect(run).toMatchObject({ code: 78, stdout: '' });
  for (const name of Object.keys(env)) expect(run.stderr.split(name).length - 1, name).toBe(1);
});

it('reads its settings from photoorg.config.json of the working directory', async () => {
  const library = await database.newLibrary();
  const [, location, , name] = library.flags;
  await writeFile(
    join(library.folder, 'photoorg.config.json'),
    JSON.stringify({ database: location, library: name, json: true }),
  );
  const people = await runPhotoorg(['people', 'create', 'Ada'], { cwd: library.folder });
  expect(JSON.parse(people.stdout)).toMatchObject({ displayName: 'Ada' });
  expect(await readRecords(['people', ...library.flags])).toMatchObject([{ displayName: 'Ada' }]);
});

it.each([
  {
    desc: 'a server that is not there',
    words: ['photos', '--database', 'postgresql://nobody@127.0.0.1:9/none'],
    code: 69,
    says: 'DATABASE_UNAVAILABLE',
  },
  { desc: 'a root that is not there', words: ['ingest', '--root', '/nowhere', '--exif'], code: 64, says: 'ROOT_NOT_FOUND' },
  { desc: 'no root', words: ['ingest'], code: 64, says: '--root' },
])('says what is wrong about $desc', async ({ words, code, says }) => {
  const library = await database.newLibrary();
  const run = await runPhotoorg(words, { env: { DATABASE_URL: database.database }, cwd: library.folder });
  expect(run).toMatchObject({ code, stdout: '' });
  expect(run.stderr).toContain(says);
});
