import { PhotoorgError } from '@photoorg/errors';

/** Environment variables or settings that cannot be used, all of them at once. The SDK's ConfigError, without loading the SDK. */
export class ConfigurationError extends PhotoorgError<'CONFIG_INVALID'> {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super({
      code: 'CONFIG_INVALID',
      message: `The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    });
    this.problems = problems;
  }
}
