import { describe, expect, it } from 'vitest';
import { serverOptionsFromEnv } from './server-options-from-env.ts';

describe('the environment of the server', () => {
  it('needs nothing', () => {
    expect(serverOptionsFromEnv({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      allowRemote: false,
      apiToken: undefined,
      allowedHosts: [],
    });
  });

  it('reads every variable', () => {
    const env = {
      HOST: '0.0.0.0',
      PORT: '8080',
      PHOTOORG_ALLOW_REMOTE: 'true',
      PHOTOORG_API_TOKEN: 'secret',
      PHOTOORG_ALLOWED_HOSTS: 'photos.lan, nas.local',
      PHOTOORG_THUMBNAILS: '/tmp/thumbnails',
      LOG_LEVEL: 'info',
    };
    expect(serverOptionsFromEnv(env)).toEqual({
      host: '0.0.0.0',
      port: 8080,
      allowRemote: true,
      apiToken: 'secret',
      allowedHosts: ['photos.lan', 'nas.local'],
      thumbnailsFolder: '/tmp/thumbnails',
      logLevel: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(serverOptionsFromEnv({ PORT: '', HOST: '', PHOTOORG_API_TOKEN: '' })).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      apiToken: undefined,
    });
  });

  it('names every bad variable at once', () => {
    expect(() => serverOptionsFromEnv({ PORT: '70000', PHOTOORG_ALLOW_REMOTE: 'perhaps', LOG_LEVEL: 'loud' })).toThrow(
      /PORT[\s\S]*PHOTOORG_ALLOW_REMOTE[\s\S]*LOG_LEVEL/,
    );
  });
});
