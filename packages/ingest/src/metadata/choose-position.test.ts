import { expect, it } from 'vitest';
import { NO_SIDECAR_TAGS } from '../sidecars/load-sidecars.ts';
import { readTakeout } from '../sidecars/read-takeout.ts';
import type { XmpTags } from '../tags/read-xmp.ts';
import { choosePosition } from './choose-position.ts';

type Place = [latitude: number, longitude: number];
const PARIS: Place = [48.8584, 2.2945];
const PARIS_ROUNDED: Place = [48.85842, 2.29446];
const LYON: Place = [45.764, 4.8357];
const NOWHERE: Place = [0, 0];

const geo = ([latitude, longitude]: Place) => ({ latitude, longitude, altitude: 0 });
const xmp = (place: Place | undefined): XmpTags =>
  place === undefined ? {} : { 'exif:GPSLatitude': String(place[0]), 'exif:GPSLongitude': String(place[1]) };

interface Case {
  desc: string;
  camera?: Place;
  sidecar?: Place;
  /** `geoData` and `geoDataExif`. */
  google?: [Place, Place?];
  expected: Place | null;
}

it.each<Case>([
  { desc: 'nobody says', expected: null },
  { desc: 'the camera alone', camera: PARIS, expected: PARIS },
  { desc: 'a sidecar alone', sidecar: LYON, expected: LYON },
  { desc: 'a correction in a sidecar', camera: PARIS, sidecar: LYON, expected: LYON },
  { desc: 'a sidecar that rounds', camera: PARIS, sidecar: PARIS_ROUNDED, expected: PARIS },
  { desc: 'Google alone', google: [LYON, NOWHERE], expected: LYON },
  { desc: 'Google where its owner put it nowhere', google: [NOWHERE, PARIS], expected: PARIS },
  { desc: 'a correction in Google Photos', google: [LYON, PARIS], expected: LYON },
  { desc: 'a correction in Google Photos against the camera', camera: PARIS, google: [LYON, PARIS], expected: LYON },
  { desc: 'a correction where the JSON tells one place only', camera: PARIS, google: [LYON], expected: LYON },
  { desc: 'Google that rounds', camera: PARIS, google: [PARIS_ROUNDED, PARIS_ROUNDED], expected: PARIS },
  { desc: "Google's guess from before the photo had a position", camera: PARIS, google: [LYON, NOWHERE], expected: PARIS },
  { desc: 'a sidecar against Google', camera: PARIS, sidecar: LYON, google: [[1, 2], PARIS], expected: LYON },
])('the position is where a person put it, else where the camera was: $desc', ({ camera, sidecar, google, expected }) => {
  const json = google && { photoTakenTime: {}, geoData: geo(google[0]), ...(google[1] && { geoDataExif: geo(google[1]) }) };
  const position = choosePosition({
    exif: {},
    xmp: xmp(camera),
    sidecar: { ...NO_SIDECAR_TAGS, xmp: xmp(sidecar), takeout: json ? readTakeout(JSON.stringify(json)) : null },
  });
  expect(position && [position.latitude, position.longitude]).toEqual(expected);
});
