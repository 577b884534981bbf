import { describe, expect, it } from 'vitest';
import { checkExposure } from './check-exposure.ts';

const apiToken = 'x'.repeat(22);

describe('what a server may be exposed to', () => {
  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('may listen on %s without a token', (host) => {
    expect(() => checkExposure({ host })).not.toThrow();
  });

  it.each([
    { desc: 'neither flag nor token', options: {} },
    { desc: 'only the flag', options: { allowRemote: true } },
    { desc: 'only a token', options: { apiToken } },
  ])('refuses other machines with $desc', ({ options }) => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'photos.lan', '127.0.0.1.evil.example']) {
      expect(() => checkExposure({ host, ...options })).toThrow(expect.objectContaining({ code: 'REMOTE_HOST_REFUSED' }));
    }
  });

  it('lets other machines in with the flag and a token', () => {
    expect(() => checkExposure({ host: '0.0.0.0', allowRemote: true, apiToken })).not.toThrow();
  });

  it('refuses a token that could be guessed, on this machine too', () => {
    expect(() => checkExposure({ host: '127.0.0.1', apiToken: apiToken.slice(1) })).toThrow(
      expect.objectContaining({ code: 'TOKEN_TOO_SHORT' }),
    );
  });
});
