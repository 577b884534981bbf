import { ServerStartError } from './server-start-error.ts';

/** 128 random bits in base64 have 22 characters; a word that a person made up has fewer. */
const TOKEN_LENGTH_MIN = 22;

const LOOPBACK = /^(localhost|::1|127(\.\d{1,3}){3})$/i;

/** Listens on every address of the machine. */
export const isWildcard = (host: string) => host === '0.0.0.0' || host === '::';

/** Refuses to show a library to other machines by accident or without a token. */
export function checkExposure({ host, allowRemote, apiToken }: { host: string; allowRemote?: boolean; apiToken?: string }): void {
  if (apiToken !== undefined && apiToken.length < TOKEN_LENGTH_MIN) {
    throw new ServerStartError(
      'TOKEN_TOO_SHORT',
      `Expected an API token of at least ${TOKEN_LENGTH_MIN} characters: try "openssl rand -base64 24".`,
    );
  }
  if (LOOPBACK.test(host) || (allowRemote && apiToken !== undefined)) return;
  throw new ServerStartError('REMOTE_HOST_REFUSED', `Other machines could reach ${host}.`, {
    remedy: 'If they should, set PHOTOORG_ALLOW_REMOTE=true and PHOTOORG_API_TOKEN; else leave out HOST.',
  });
}
