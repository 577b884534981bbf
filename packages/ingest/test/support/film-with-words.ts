import { writeFile } from 'node:fs/promises';
import { exiftool } from './exiftool.ts';
import { makeFilm, type TestFilm } from './film-file.ts';

/** The instant at which the films of these tests were taken; in Paris it was 14:25:30. */
export const FILM_TIME = new Date('2019-07-13T12:25:30Z');

/** Writes a film as a phone does that knows where it is: upright in the hand, with position and words. */
export async function writePhoneFilm(path: string, film: Partial<TestFilm> = {}): Promise<void> {
  await writeFile(path, makeFilm({ width: 1920, height: 1080, rotation: 90, createdAt: FILM_TIME, ...film }));
  await exiftool([
    '-overwrite_original',
    '-Keys:CreationDate=2019:07:13 14:25:30+02:00',
    '-Keys:GPSCoordinates#=48.8584 2.2945 35',
    '-Keys:Make=Apple',
    '-Keys:Model=iPhone 11',
    '-Keys:Title=The tower',
    '-Keys:Keywords=sea, sand',
    '-XMP-xmp:Rating=4',
    path,
  ]);
}
