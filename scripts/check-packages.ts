/**
 * Checks the packages as users get them: packs each one, lints the archive (publint, are-the-types-wrong), installs all of
 * them into an empty project, and there runs a program that imports the SDK and the `photoorg` command.
 *
 * Run after `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const samplePhoto = join(repository, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
const folder = mkdtempSync(join(tmpdir(), 'photoorg-packages-'));

function run(command: string, args: string[], cwd = repository): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64e6 });
}

function pack(packageFolder: string): string {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], packageFolder)) as [
    { filename: string },
  ];
  return join(folder, filename);
}

const consumer = `
import { openPhotoLibrary } from '@photoorg/sdk';
import { createFaceAnalyzer } from '@photoorg/vision';
import { readPhotoMetadata } from '@photoorg/ingest';
await using library = await openPhotoLibrary({ database: 'photos.db' });
const person = await library.people.create({ displayName: 'Ada', actor: 'check' });
await using analyzer = await createFaceAnalyzer({ workers: 1 });
const { faces } = await analyzer.analyze(process.argv[2]);
const { width } = await readPhotoMetadata(process.argv[2]);
console.log(JSON.stringify({ person: person.displayName, faces: faces.length, width }));
`;

try {
  const archives: string[] = [];
  for (const name of readdirSync(join(repository, 'packages')).sort()) {
    const packageFolder = join(repository, 'packages', name);
    const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { exports: object; bin?: object };
    const archive = pack(packageFolder);
    archives.push(archive);
    run('npx', ['publint', '--strict', archive]);
    if ('.' in manifest.exports) run('npx', ['attw', archive, '--profile', 'esm-only', '--format', 'ascii']);
    console.log(`packed and linted ${name}`);
  }

  const project = join(folder, 'project');
  run('mkdir', [project]);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  writeFileSync(join(project, '.npmrc'), readFileSync(join(repository, '.npmrc')));
  writeFileSync(join(project, 'consumer.js'), consumer);
  run('npm', ['install', '--no-audit', '--no-fund', ...archives], project);

  const seen = JSON.parse(run(process.execPath, ['consumer.js', samplePhoto], project)) as {
    person: string;
    faces: number;
    width: number;
  };
  if (seen.person !== 'Ada' || seen.faces === 0 || seen.width === 0)
    throw new Error(`the installed packages answered ${JSON.stringify(seen)}`);
  console.log(`an empty project: ${seen.faces} faces found, a person created`);

  const command = join(project, 'node_modules/photoorg/dist/main.js');
  const line = run(process.execPath, [command, 'embed', samplePhoto, '--json'], project);
  const embedded = JSON.parse(line) as { faces: { embedding: number[] }[] };
  if (embedded.faces.some((face) => face.embedding.length !== 128) || embedded.faces.length !== seen.faces) {
    throw new Error(`the installed command answered ${line.slice(0, 300)}`);
  }
  console.log('the installed photoorg command embeds a photo');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
