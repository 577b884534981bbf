import type { Command } from 'commander';

/** The subcommand that runs when none is named. A word after it would be one of its arguments, of which it takes none: it is a subcommand that there is not. */
export function addDefaultCommand(group: Command, name: string): Command {
  const command = group.command(name, { isDefault: true }).allowExcessArguments();
  return command.hook('preAction', () => {
    const [word] = command.args;
    if (word === undefined) return;
    const known = group.commands.map((other) => other.name()).join(', ');
    group.error(`error: unknown command '${word}' (${group.name()} knows ${known})`, { code: 'commander.unknownCommand' });
  });
}
