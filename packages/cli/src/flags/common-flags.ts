import { Flag } from './flag.ts';
import { parseConfidence } from './parse-value.ts';

/** What every subcommand understands, before or after its name. */
export interface CommonOptions {
  database?: string;
  library?: string;
  confirmThreshold?: number;
  autoApplyThreshold?: number;
  config?: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

export function commonFlags(): Flag[] {
  return [
    new Flag('--database <folder|url>', 'folder of the embedded database or a postgres:// URL (default: .photoorg)', {
      environment: ['DATABASE_URL', 'PHOTOORG_DATABASE'],
    }),
    new Flag('--library <name>', 'library inside the database (default: default)', { environment: 'PHOTOORG_LIBRARY' }),
    new Flag('--confirm-threshold <confidence>', 'below it a face stays unknown instead of becoming a question', {
      environment: 'CONFIDENCE_CONFIRM_THRESHOLD',
      parse: parseConfidence,
    }),
    new Flag('--auto-apply-threshold <confidence>', 'from it on a name is applied without asking', {
      environment: 'CONFIDENCE_AUTO_APPLY_THRESHOLD',
      parse: parseConfidence,
    }),
    new Flag('--config <file>', 'settings file (default: photoorg.config.json in the working directory, if there is one)', {
      environment: 'PHOTOORG_CONFIG',
    }),
    new Flag('--json', 'print data as JSON, one line a record', {
      environment: 'PHOTOORG_JSON',
    }),
    new Flag('--quiet', 'no progress and no notes on stderr', {
      environment: 'PHOTOORG_QUIET',
    }),
    new Flag('--verbose', 'show what caused an error', { environment: 'PHOTOORG_VERBOSE' }),
  ];
}
