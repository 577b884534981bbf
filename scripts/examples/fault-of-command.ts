import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../packages/cli/src/program.ts';
import { readTracked, repository, trackedFiles } from '../repository.ts';

type Command = ReturnType<typeof buildProgram>;
type Flag = Command['options'][number];

const photoorg = buildProgram();

/** Scripts by the name of their workspace; those of the repository itself have none. */
const scripts = new Map(
  trackedFiles('package.json', '*/package.json').map((file) => {
    const manifest = JSON.parse(readTracked(file)) as { name: string; scripts?: Record<string, string> };
    return [file === 'package.json' ? undefined : manifest.name, Object.keys(manifest.scripts ?? {})] as const;
  }),
);

/** What is wrong with a command: a file, script, subcommand, flag or choice that is not there. null: nothing. */
export function faultOfCommand([program = '', ...rest]: readonly string[]): string | null {
  const ours = /^(packages|examples|scripts|bench|docs|\.ci)\/\S*\w\.\w+$/;
  const missing = [program, ...rest].find((word) => ours.test(word) && !existsSync(join(repository, word)));
  if (missing) return `${missing} is not there`;
  if (program === 'photoorg') return faultOfPhotoorg(rest);
  if (program === 'npm') return faultOfNpm(rest);
  if (program.startsWith('--') && !findFlag(photoorg, program)) return `no command has the flag ${program}`;
  return null;
}

function faultOfNpm([verb = '', ...rest]: readonly string[]): string | null {
  if (verb !== 'run' && verb !== 'test' && verb !== 'start') return null;
  const dashes = rest.indexOf('--');
  const own = dashes < 0 ? rest : rest.slice(0, dashes);
  const workspace = own.find((_, i) => own[i - 1] === '-w');
  const name = verb === 'run' ? own.find((word) => !word.startsWith('-') && word !== workspace) : verb;
  if (name === undefined) return null;
  if (!scripts.get(workspace)?.includes(name)) return `${workspace ?? 'package.json'} has no script ${name}`;
  return name === 'photoorg' && dashes >= 0 ? faultOfPhotoorg(rest.slice(dashes + 1)) : null;
}

function faultOfPhotoorg(words: readonly string[]): string | null {
  let command = photoorg;
  let flags = photoorg.options;
  let flag: Flag | undefined;
  for (const word of words) {
    if (word.startsWith('--')) {
      const [name, value] = word.split('=', 2);
      flag = flags.find(({ long }) => long === name);
      if (!flag && name !== '--help' && name !== '--version') return `${nameOf(command)} has no flag ${name}`;
      if (flag && value !== undefined && !allows(flag, value)) return wrongChoice(command, flag, value);
      if (value !== undefined) flag = undefined;
    } else if (flag?.required) {
      if (!allows(flag, word)) return wrongChoice(command, flag, word);
      flag = undefined;
    } else if (command.commands.length > 0 && /^[a-z]/.test(word)) {
      if (word === 'help') return null;
      const child = command.commands.find((candidate) => candidate.name() === word);
      if (!child) return `${nameOf(command)} has no subcommand ${word}`;
      command = child;
      flags = [...flags, ...child.options];
    }
  }
  return null;
}

/** Words in capitals stand for what a reader puts there. */
function allows({ argChoices }: Flag, value: string): boolean {
  return !argChoices || argChoices.includes(value) || /^[A-Z_]+$/.test(value);
}

function wrongChoice(command: Command, { long, argChoices }: Flag, value: string): string {
  return `${nameOf(command)} ${long} takes ${argChoices!.join(', ')}, not ${value}`;
}

function findFlag(command: Command, name: string): Flag | undefined {
  const own = command.options.find(({ long }) => long === name);
  return own ?? command.commands.map((child) => findFlag(child, name)).find(Boolean);
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}
