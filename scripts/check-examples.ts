/**
 * Checks what documents and docstrings show: every function, class and method that the packages export has an example, every ts block
 * of a docstring or a document passes the compiler, and every command and flag that a document names is there.
 */
import { checkTypes } from './examples/check-types.ts';
import { blocksOfDocstrings, blocksOfDocument } from './examples/code-blocks.ts';
import { entries } from './examples/entries.ts';
import { ExampleProgram } from './examples/example-program.ts';
import { faultOfCommand } from './examples/fault-of-command.ts';
import { publicFunctions } from './examples/public-functions.ts';
import { commandsOfBlock, commandsOfProse } from './examples/written-commands.ts';
import { readTracked, trackedFiles } from './repository.ts';

// 1. What the packages export.
const examples = new ExampleProgram();
const functions = new Map(
  entries
    .flatMap(({ file }) => publicFunctions(examples.sources, examples.source(file)!))
    .map((found) => [`${found.file}:${found.line}`, found]),
);
const undocumented = [...functions.values()]
  .filter(({ hasExample }) => !hasExample)
  .map(({ file, line, name }) => `${file}:${line} ${name} has no example`);

// 2. The code that documents and docstrings show.
const documents = trackedFiles('*.md').map((file) => ({ file, text: readTracked(file) }));
const sources = trackedFiles('packages/*/src/*.ts').filter((file) => !file.endsWith('.test.ts'));
const blocks = [
  ...documents.flatMap(({ file, text }) => blocksOfDocument(file, text)),
  ...sources.flatMap((file) => blocksOfDocstrings(file, readTracked(file))),
];
const programs = blocks.filter(({ language }) => language === 'ts');
const misplaced = programs
  .filter(({ place }) => place === 'prose')
  .map(({ file, line }) => `${file}:${line} code of a docstring stands below @example`);

// 3. The commands that documents name. Those in bench/ are about its own programs.
const commands = [
  ...blocks.filter(({ language }) => language === 'sh').flatMap(commandsOfBlock),
  ...documents.filter(({ file }) => !file.startsWith('bench/')).flatMap(({ file, text }) => commandsOfProse(file, text)),
];
const wrongCommands = commands
  .map(({ file, line, words }) => ({ at: `${file}:${line}`, fault: faultOfCommand(words) }))
  .flatMap(({ at, fault }) => (fault === null ? [] : [`${at} ${fault}`]));

const faults = [...undocumented, ...misplaced, ...checkTypes(programs, examples), ...wrongCommands];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else
  console.log(
    `all ${functions.size} functions have an example; ${programs.length} programs and ${commands.length} commands are right`,
  );
