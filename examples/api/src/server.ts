import { fileURLToPath } from 'node:url';
import { PhotoorgError } from '@photoorg/errors';
import { limitSharp } from '@photoorg/ingest';
import { defaultThumbnailsFolder, openPhotoLibrary, optionsFromEnv } from '@photoorg/sdk';
import { createLogger } from './log/create-logger.ts';
import { serverOptionsFromEnv } from './server/server-options-from-env.ts';
import { startServer } from './server/start-server.ts';

const EXIT_UNAVAILABLE = 69;
const EXIT_CONFIG = 78;

const configCodes = new Set(['CONFIG_INVALID', 'REMOTE_HOST_REFUSED', 'TOKEN_TOO_SHORT', 'HOST_UNAVAILABLE']);

/** Serves the library that the environment names, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  limitSharp();
  const { logLevel, ...serverOptions } = serverOptionsFromEnv(process.env);
  const library = await openPhotoLibrary(optionsFromEnv(process.env));
  try {
    const server = await startServer({
      ...serverOptions,
      library,
      webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
      thumbnailsFolder: serverOptions.thumbnailsFolder ?? defaultThumbnailsFolder(library),
      logger: createLogger(logLevel),
    });
    process.stderr.write(`photoorg answers on ${server.url} (stop it with Ctrl-C)\n`);
    await server.closed;
  } finally {
    await library.close();
  }
}

try {
  await main();
} catch (error) {
  if (!PhotoorgError.isInstance(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = configCodes.has(error.code) ? EXIT_CONFIG : EXIT_UNAVAILABLE;
}
