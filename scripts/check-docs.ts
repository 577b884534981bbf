/**
 * Checks that the documentation and the code agree: every error code of the sources is explained in docs/errors.md and the
 * other way round, the README's program is the one that examples/quickstart runs, every message that the guide to troubleshooting
 * quotes is one of the sources, every guide is in their list, and every relative link leads somewhere.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { blocksOfDocument } from './examples/code-blocks.ts';
import { isKnownMessage, messagePatterns } from './examples/known-messages.ts';
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

function checkMessages(): string[] {
  const guide = 'docs/guides/troubleshooting.md';
  const sources = trackedFiles('packages/*/src/*.ts').filter((file) => !file.endsWith('.test.ts'));
  const patterns = messagePatterns(sources.map((file) => ({ file, text: readTracked(file) })));
  return blocksOfDocument(guide, readTracked(guide))
    .filter(({ language, code }) => language === 'text' && !isKnownMessage(code, patterns))
    .map(({ line }) => `${guide}:${line} quotes a message that no source has`);
}

function checkGuides(): string[] {
  const list = 'docs/guides/README.md';
  return trackedFiles('docs/guides/*.md')
    .filter((path) => path !== list && !readTracked(list).includes(`  - ./${basename(path)}\n`))
    .map((path) => `${list} does not list ${path}`);
}

const faults = [...checkErrorCodes(), ...checkReadmeProgram(), ...checkMessages(), ...checkGuides(), ...checkLinks()];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log('the documentation agrees with the code');
