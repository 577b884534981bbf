/**
 * Checks that the documentation and the code agree: every error code of the sources is explained in docs/errors.md and the
 * other way round, the README's program is the one that examples/quickstart runs, and every relative link leads somewhere.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTracked, repository, trackedFiles } from './repository.ts';

/** The packages whose errors programs meet; the command only prints them. */
const packages = ['ingest', 'vision', 'sdk', 'migrate'];

function errorCodesOfSources(): Set<string> {
  const codes = new Set<string>();
  for (const path of packages.flatMap((name) => trackedFiles(`packages/${name}/src`))) {
    if (path.endsWith('.test.ts') || !path.includes('error')) continue;
    // Codes stand in the error modules as string literals of SCREAMING_SNAKE words.
    for (const [, code] of readTracked(path).matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)) codes.add(code!);
  }
  return codes;
}

function checkErrorCodes(): string[] {
  const documented = new Set([...readTracked('docs/errors.md').matchAll(/^### `([A-Z0-9_]+)`/gm)].map(([, code]) => code!));
  const used = errorCodesOfSources();
  return [
    ...[...used].filter((code) => !documented.has(code)).map((code) => `docs/errors.md does not explain ${code}`),
    ...[...documented]
      .filter((code) => !used.has(code))
      .map((code) => `docs/errors.md explains ${code}, which no error module has`),
  ];
}

function checkReadmeProgram(): string[] {
  const program = /```ts\n([\s\S]*?)```/.exec(readTracked('README.md'))?.[1];
  return program === readTracked('examples/quickstart/src/quickstart.ts')
    ? []
    : ['the first ts block of README.md is not examples/quickstart/src/quickstart.ts'];
}

function checkLinks(): string[] {
  const broken: string[] = [];
  for (const path of trackedFiles('*.md')) {
    for (const [, target] of readTracked(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (!existsSync(join(repository, dirname(path), target!))) broken.push(`${path} links to ${target}, which is not there`);
    }
  }
  return broken;
}

const faults = [...checkErrorCodes(), ...checkReadmeProgram(), ...checkLinks()];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log('the documentation agrees with the code');
