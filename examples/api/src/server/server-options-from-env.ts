import { ConfigError } from '@photoorg/sdk';
import { z } from 'zod';
import { DEFAULT_HOST, DEFAULT_PORT } from './default-address.ts';

const PORT_MAX = 65_535;

const ServerEnvironment = z.object({
  HOST: z.string().min(1).default(DEFAULT_HOST),
  PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(DEFAULT_PORT),
  PHOTOORG_ALLOW_REMOTE: z.stringbool().default(false),
  PHOTOORG_API_TOKEN: z.string().min(1).optional(),
  PHOTOORG_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  PHOTOORG_THUMBNAILS: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
});

/** Reads the server's own variables; the library's are read by `optionsFromEnv` of the SDK. Throws ConfigError. */
export function serverOptionsFromEnv(env: Record<string, string | undefined>) {
  // A variable set to nothing, as in a copied .env file, counts as not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = ServerEnvironment.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { HOST, PORT, PHOTOORG_ALLOW_REMOTE, PHOTOORG_API_TOKEN, PHOTOORG_ALLOWED_HOSTS, PHOTOORG_THUMBNAILS, LOG_LEVEL } =
    parsed.data;
  return {
    host: HOST,
    port: PORT,
    allowRemote: PHOTOORG_ALLOW_REMOTE,
    apiToken: PHOTOORG_API_TOKEN,
    allowedHosts: PHOTOORG_ALLOWED_HOSTS,
    thumbnailsFolder: PHOTOORG_THUMBNAILS,
    logLevel: LOG_LEVEL,
  };
}
