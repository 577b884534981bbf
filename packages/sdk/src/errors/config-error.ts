import { PhotoorgError } from '@photoorg/errors';

/**
 * Settings that cannot be used. `problems` names every bad one, so that all can be mended at once.
 *
 * @example
 * ```ts
 * try {
 *   optionsFromEnv({ PGVECTOR_INDEX: 'btree', EMBEDDING_DIM: 'many' });
 * } catch (error) {
 *   if (error instanceof ConfigError) for (const problem of error.problems) console.error(problem);
 * }
 * ```
 */
export class ConfigError extends PhotoorgError<'CONFIG_INVALID'> {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super({
      code: 'CONFIG_INVALID',
      message: `The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    });
    this.problems = problems;
  }
}
