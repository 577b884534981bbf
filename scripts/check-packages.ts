/**
 * Checks the packages as users get them: packs each one, lints the archive (publint, are-the-types-wrong), installs all of
 * them into an empty project, and there runs a program that imports the SDK and the `photoorg` command. Installs
 * @photoorg/vision with the errors that it throws, and nothing else of ours, into another and analyzes a photo there.
 *
 * Run after `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const samplePhoto = join(repository, 'node_modules/@vladmandic/face-api/demo/sample1.jpg');
const folder = mkdtempSync(join(tmpdir(), 'photoorg-packages-'));

function run(command: string, args: string[], cwd = repository, env = process.env): string {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64e6 });
}

function pack(packageFolder: string): string {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], packageFolder)) as [
    { filename: string },
  ];
  return join(folder, filename);
}

/** Packages that may run a script when they are installed, and why. Another may fetch anything from anywhere. */
const SCRIPTS_ALLOWED = new Map([
  ['node_modules/exifreader', 'builds itself anew, only where the package.json of the project asks for it'],
  ['node_modules/protobufjs', 'of onnxruntime-web; warns of a version range in the package.json above it'],
]);

const registry = run('npm', ['config', 'get', 'registry'], folder).trim();

/** The environment of somebody who has nothing of ours: of this machine's settings only how a registry is reached. */
function strangersEnvironment(): NodeJS.ProcessEnv {
  const setting = (name: string) => run('npm', ['config', 'get', name], folder).trim();
  const certificates = setting('cafile');
  const userconfig = join(folder, 'user.npmrc');
  writeFileSync(userconfig, `registry=${registry}\n${certificates === 'null' ? '' : `cafile=${certificates}\n`}`);
  const reachesRegistry = /^(path|systemroot|temp|tmpdir|(https?|no)_proxy|node_extra_ca_certs|ssl_cert_(file|dir))$/i;
  const kept = Object.entries(process.env).filter(([name]) => reachesRegistry.test(name));
  const home = join(folder, 'home');
  mkdirSync(home);
  return { ...Object.fromEntries(kept), HOME: home, npm_config_userconfig: userconfig, npm_config_cache: setting('cache') };
}

/** Installs archives into a new project and makes sure that nothing but the registry had a part in it. */
function install(name: string, archives: string[], env: NodeJS.ProcessEnv): string {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', ...archives], project, env);
  const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string; hasInstallScript?: boolean }>;
  };
  for (const [location, { resolved = '', hasInstallScript }] of Object.entries(packages)) {
    if (location === '') continue;
    if (hasInstallScript && !SCRIPTS_ALLOWED.has(location))
      throw new Error(`${location} in the project ${name} runs a script when it is installed`);
    if (!resolved.startsWith(registry) && !resolved.startsWith('file:')) {
      throw new Error(`${location} in the project ${name} came from ${resolved || 'nowhere known'}, not from ${registry}`);
    }
  }
  return project;
}

function megabytesOf(path: string): number {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6;
}

/** Runs a program of the project that prints JSON. */
function runProgram<Answer>(project: string, program: string, env: NodeJS.ProcessEnv): Answer {
  const file = join(project, 'program.js');
  writeFileSync(file, program);
  return JSON.parse(run(process.execPath, [file, samplePhoto], project, env)) as Answer;
}

const library = `
import { PhotoorgError } from '@photoorg/errors';
import { openPhotoLibrary } from '@photoorg/sdk';
import { readPhotoMetadata } from '@photoorg/ingest';
await using library = await openPhotoLibrary({ database: 'photos.db' });
const person = await library.people.create({ displayName: 'Ada', actor: 'check' });
const { width } = await readPhotoMetadata(process.argv[2]);
const refusals = await Promise.allSettled([library.photos.list({ limit: 0 }), readPhotoMetadata('nowhere.jpg')]);
const errors = refusals.map(({ reason }) => reason instanceof PhotoorgError && reason.name);
console.log(JSON.stringify({ person: person.displayName, width, errors }));
`;

const vision = `
import { createFaceAnalyzer } from '@photoorg/vision';
await using analyzer = await createFaceAnalyzer({ workers: 1 });
const { faces } = await analyzer.analyze(process.argv[2]);
console.log(JSON.stringify({ faces: faces.length, runtime: analyzer.provenance.runtime }));
`;

try {
  const archives = new Map<string, string>();
  for (const name of readdirSync(join(repository, 'packages')).sort()) {
    const packageFolder = join(repository, 'packages', name);
    const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { exports: object };
    const archive = pack(packageFolder);
    archives.set(name, archive);
    run('npx', ['publint', '--strict', archive]);
    if ('.' in manifest.exports) run('npx', ['attw', archive, '--profile', 'esm-only', '--format', 'ascii']);
    console.log(`packed and linted ${name}, ${(statSync(archive).size / 1e6).toFixed(1)} MB`);
  }
  const env = strangersEnvironment();

  const together = install('together', [...archives.values()], env);
  const seen = runProgram<{ person: string; width: number; errors: string[] }>(together, library, env);
  if (seen.person !== 'Ada' || seen.width === 0 || `${seen.errors}` !== 'InvalidInputError,IngestError')
    throw new Error(`the installed packages answered ${JSON.stringify(seen)}`);
  console.log('an empty project: a person created, errors of two packages with one base');

  const command = join(together, 'node_modules/photoorg/dist/main.js');
  const line = run(process.execPath, [command, 'embed', samplePhoto, '--json'], together, env);
  const embedded = JSON.parse(line) as { faces: { embedding: number[] }[] };
  if (embedded.faces.length !== 3 || embedded.faces.some((face) => face.embedding.length !== 128)) {
    throw new Error(`the installed command answered ${line.slice(0, 300)}`);
  }
  console.log('the installed photoorg command embeds a photo');

  const alone = install('alone', [archives.get('errors')!, archives.get('vision')!], env);
  const found = runProgram<{ faces: number; runtime: string }>(alone, vision, env);
  if (found.faces !== 3 || found.runtime !== 'onnxruntime-node') {
    throw new Error(`@photoorg/vision, installed alone, answered ${JSON.stringify(found)}`);
  }
  const megabytes = megabytesOf(join(alone, 'node_modules')).toFixed(0);
  console.log(`@photoorg/vision alone: ${found.faces} faces on ${found.runtime}, ${megabytes} MB installed`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
