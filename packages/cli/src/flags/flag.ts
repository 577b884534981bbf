import { Option } from 'commander';

export interface FlagOptions {
  /** The variable that sets it; the first is the name shown first. */
  environment: string | readonly [string, ...string[]];
  /** Turns the text of the command line, the variable or the settings file into a value; throws InvalidArgumentError. */
  parse?: (text: string) => unknown;
  choices?: readonly string[];
  default?: unknown;
  /** May be given several times; the value is a list. */
  repeatable?: boolean;
}

/**
 * A command-line flag that an environment variable and the settings file can set too.
 *
 * commander's own `.env()` is not used: for a flag without a value it takes `NAME=0` as true.
 */
export class Flag extends Option {
  readonly environment: readonly string[];
  readonly parse: (text: string) => unknown;
  readonly repeatable: boolean;

  constructor(flags: string, description: string, options: FlagOptions) {
    const environment = typeof options.environment === 'string' ? [options.environment] : options.environment;
    super(flags, `${description} [env: ${environment.join(' or ')}]`);
    this.environment = environment;
    this.repeatable = options.repeatable ?? false;
    if (options.choices) this.choices(options.choices);
    // choices() sets a parser that refuses any other text.
    const choose = this.parseArg;
    this.parse = options.parse ?? ((text) => (choose ? choose(text, undefined) : text));
    if (options.default !== undefined) this.default(options.default);
    if (this.repeatable) {
      this.argParser((text: string, earlier: unknown) => [...(Array.isArray(earlier) ? earlier : []), this.parse(text)]);
    } else if (!this.isSwitch) this.argParser(this.parse);
  }

  /** Without a value: present is true, `--no-…` is false. */
  get isSwitch(): boolean {
    return !this.required && !this.optional;
  }
}
