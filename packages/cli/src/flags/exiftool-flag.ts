import { Flag } from './flag.ts';

/** For every command that exiftool can help. */
export function exiftoolFlag(what: string): Flag {
  return new Flag('--exiftool', `${what}; needs exiftool-vendored (npm install -g exiftool-vendored) and perl`, {
    environment: 'PHOTOORG_EXIFTOOL',
  });
}
