import type { Command } from 'commander';
import { ConfigurationError } from './configuration-error.ts';
import { Flag } from './flag.ts';
import { parseSwitch } from './parse-value.ts';
import { readSettingsFile, type Settings } from './settings-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Gives every flag of the command and its parents its value: command line, else environment, else settings file, else default.
 *
 * All bad variables and settings are named in one ConfigurationError; `problems` are those already found elsewhere.
 */
export function settleFlags(command: Command, environment: Environment, problems: readonly string[] = []): void {
  const found = [...problems];
  const attempt = (name: string, settle: () => void) => {
    try {
      settle();
    } catch (error) {
      if (error instanceof ConfigurationError) found.push(...error.problems);
      else found.push(`${name}: ${(error as Error).message}`);
    }
  };

  for (const { owner, flag } of flagsOf(command)) {
    const variable = flag.environment.find((name) => isSet(environment[name]));
    if (variable === undefined || isGiven(owner, flag)) continue;
    attempt(variable, () => owner.setOptionValueWithSource(flag.attributeName(), toValue(flag, environment[variable]!), 'env'));
  }

  attempt('settings file', () => {
    const settings = readSettingsFile(command.optsWithGlobals<{ config?: string }>().config);
    refuseUnknownSettings(command, settings);
    for (const { owner, flag } of flagsOf(command)) {
      const name = flag.attributeName();
      if (!(name in settings.values) || isGiven(owner, flag) || owner.getOptionValueSource(name) === 'env') continue;
      attempt(`${settings.file}: ${name}`, () =>
        owner.setOptionValueWithSource(name, settingOf(flag, settings.values[name]), 'config'),
      );
    }
  });

  const unique = [...new Map(found.map((problem) => [variableNameIn(problem), problem])).values()];
  if (unique.length > 0) throw new ConfigurationError(unique);
}

function flagsOf(command: Command): { owner: Command; flag: Flag }[] {
  const found: { owner: Command; flag: Flag }[] = [];
  for (let owner: Command | null = command; owner; owner = owner.parent) {
    for (const option of owner.options) if (option instanceof Flag) found.push({ owner, flag: option });
  }
  return found;
}

function isGiven(owner: Command, flag: Flag): boolean {
  return owner.getOptionValueSource(flag.attributeName()) === 'cli';
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

function toValue(flag: Flag, text: string): unknown {
  const value = flag.isSwitch ? parseSwitch(text) : flag.parse(text);
  return flag.repeatable ? [value] : value;
}

function settingOf(flag: Flag, setting: unknown): unknown {
  if (flag.repeatable && Array.isArray(setting)) return setting.map((one) => flag.parse(String(one)));
  if (!['string', 'number', 'boolean'].includes(typeof setting))
    throw new Error(`Expected a text, number or boolean but received ${JSON.stringify(setting)}.`);
  return toValue(flag, String(setting));
}

function refuseUnknownSettings(command: Command, settings: Settings): void {
  let program = command;
  while (program.parent) program = program.parent;
  const known = new Set(allCommands(program).flatMap((one) => one.options.map((option) => option.attributeName())));
  const unknown = Object.keys(settings.values).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new ConfigurationError(unknown.map((name) => `${settings.file}: no flag is called '${name}'.`));
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** One line for a variable even when both the SDK and the flag refuse it: problems begin with the variable's name. */
function variableNameIn(problem: string): string {
  return /^[A-Z][A-Z0-9_]+/.exec(problem)?.[0] ?? problem;
}
