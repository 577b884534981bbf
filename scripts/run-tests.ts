/**
 * `npm test`: the whole suite on the embedded database, then every suite that touches a database once more on a real
 * PostgreSQL server. Arguments go on to vitest (`npm test -- packages/sdk`).
 *
 * The server is, in this order: TEST_DATABASE_URL, a container where an engine answers, Debian's packages unpacked into a
 * cache folder (only when CI or PHOTOORG_TEST_POSTGRES=debian asks for it, since it downloads 95 MB), or none.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestReport } from './test-report.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const databaseSuites = ['packages/sdk', 'packages/migrate', 'packages/cli', 'examples/api'];
const postgresScript = join(repository, '.ci/postgres.sh');

type TestServer =
  | { name: string; url: string; stop: () => Promise<void> }
  | { name: string; wrapper: string[] }
  | { none: string };

async function chooseServer(): Promise<TestServer> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { name: 'the server of TEST_DATABASE_URL', url, stop: async () => {} };
  const container = await startContainer();
  if (typeof container !== 'string') return container;
  const wanted = process.env.CI || process.env.PHOTOORG_TEST_POSTGRES === 'debian';
  if (!wanted) return { none: `${container}; set TEST_DATABASE_URL, or PHOTOORG_TEST_POSTGRES=debian to download one on Debian` };
  if (!existsSync('/etc/debian_version')) return { none: `${container}; this is not Debian` };
  return { name: "Debian's PostgreSQL 17 with pgvector", wrapper: [postgresScript, 'run', '--'] };
}

/** A started container, or the reason why there is none. */
async function startContainer(): Promise<TestServer | string> {
  const { getContainerRuntimeClient, GenericContainer, Wait } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return 'no container engine answers';
  }
  const container = await new GenericContainer('pgvector/pgvector:pg17')
    .withEnvironment({ POSTGRES_USER: 'photoorg', POSTGRES_PASSWORD: 'photoorg', POSTGRES_DB: 'photoorg' })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return {
    name: 'a pgvector/pgvector:pg17 container',
    url: `postgresql://photoorg:photoorg@${container.getHost()}:${container.getMappedPort(5432)}/photoorg`,
    stop: async () => {
      await container.stop();
    },
  };
}

async function runVitest(args: string[], environment: NodeJS.ProcessEnv, wrapper: string[] = []): Promise<TestReport> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-tests-'));
  const path = join(folder, 'report.json');
  const command = [
    ...wrapper,
    process.execPath,
    '--conditions=@photoorg/source',
    'node_modules/vitest/vitest.mjs',
    'run',
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=./scripts/test-report.ts',
    ...args,
  ];
  const exitCode = await new Promise<number>((resolve, reject) => {
    const child = spawn(command[0]!, command.slice(1), {
      cwd: repository,
      stdio: 'inherit',
      env: { ...environment, PHOTOORG_TEST_REPORT: path },
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
  const report = await readReport(path);
  await rm(folder, { recursive: true, force: true });
  if (exitCode !== 0 && report.failed === 0) {
    report.failed = 1;
    report.failures.push({ name: 'vitest', reason: `ended with exit code ${exitCode} although no test failed` });
  }
  return report;
}

async function readReport(path: string): Promise<TestReport> {
  if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as TestReport;
  return { passed: 0, failed: 1, skipped: 0, failures: [{ name: 'vitest', reason: 'ended without a report' }] };
}

const args = process.argv.slice(2);
const { TEST_DATABASE_URL: _, ...embeddedEnvironment } = process.env;

console.log('\nDatabase: PGlite (embedded PostgreSQL)');
const runs = [await runVitest(args, embeddedEnvironment)];

const server = await chooseServer();
if ('none' in server) {
  console.log(`\nSkipped on a PostgreSQL server: ${server.none}`);
} else {
  console.log(`\nDatabase: ${server.name}`);
  const suites = args.length > 0 ? args : databaseSuites;
  if ('wrapper' in server) {
    runs.push(await runVitest(suites, process.env, server.wrapper));
  } else {
    runs.push(await runVitest(suites, { ...process.env, TEST_DATABASE_URL: server.url }));
    await server.stop();
  }
}

for (const { name, reason } of runs.flatMap((run) => run.failures)) {
  console.error(`\nFAILED ${name}\n${reason.replace(/^/gm, '  ')}`);
}
const sum = (key: 'passed' | 'failed' | 'skipped') => runs.reduce((total, run) => total + run[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
