import { describe, expect, it } from 'vitest';
import { readPosition } from './position.ts';
import type { ExifTags } from './read-exif.ts';

const paris: ExifTags = {
  GPSLatitudeRef: 'N',
  GPSLatitude: [48, 51, 30.24],
  GPSLongitudeRef: 'E',
  GPSLongitude: [2, 17, 40.2],
};

describe('readPosition', () => {
  it('adds degrees, minutes and seconds', () => {
    const position = readPosition(paris, {});
    expect(position?.latitude).toBeCloseTo(48.8584, 6);
    expect(position?.longitude).toBeCloseTo(2.2945, 6);
    expect(position?.altitude).toBeNull();
  });

  it('honours the hemispheres', () => {
    const position = readPosition({ ...paris, GPSLatitudeRef: 'S', GPSLongitudeRef: 'W' }, {});
    expect(position?.latitude).toBeCloseTo(-48.8584, 6);
    expect(position?.longitude).toBeCloseTo(-2.2945, 6);
  });

  it.each<{ desc: string; tags: ExifTags; axis: 'latitude' | 'longitude' }>([
    { desc: 'the equator', tags: { GPSLatitude: [0, 0, 0] }, axis: 'latitude' },
    { desc: 'the meridian', tags: { GPSLongitude: [0, 0, 0] }, axis: 'longitude' },
  ])('keeps a position exactly on $desc', ({ tags, axis }) => {
    const position = readPosition({ ...paris, GPSLatitudeRef: 'S', GPSLongitudeRef: 'W', ...tags }, {});
    expect(position?.[axis]).toBe(0);
  });

  it.each<{ desc: string; tags: ExifTags }>([
    { desc: '0,0 as written without a fix', tags: { ...paris, GPSLatitude: [0, 0, 0], GPSLongitude: [0, 0, 0] } },
    { desc: 'fractions of zero', tags: { ...paris, GPSLatitude: [Number.NaN, 0, 0] } },
    { desc: 'a latitude beyond the pole', tags: { ...paris, GPSLatitude: [91, 0, 0] } },
    { desc: 'a longitude beyond the date line', tags: { ...paris, GPSLongitude: [181, 0, 0] } },
    { desc: 'half a position', tags: { GPSLatitude: [48, 51, 30], GPSLatitudeRef: 'N' } },
  ])('refuses $desc', ({ tags }) => {
    expect(readPosition(tags, {})).toBeNull();
  });

  it('takes missing seconds as none', () => {
    expect(readPosition({ ...paris, GPSLatitude: [48, 51.5, Number.NaN] }, {})?.latitude).toBeCloseTo(48.858333, 6);
  });

  it.each([
    { desc: 'above the sea', tags: { GPSAltitude: 35.5, GPSAltitudeRef: 0 }, altitude: 35.5 },
    { desc: 'below the sea', tags: { GPSAltitude: 430, GPSAltitudeRef: 1 }, altitude: -430 },
    { desc: 'at the sea', tags: { GPSAltitude: 0, GPSAltitudeRef: 0 }, altitude: 0 },
    { desc: 'beyond belief', tags: { GPSAltitude: 4_294_967_295, GPSAltitudeRef: 0 }, altitude: null },
  ])('reads an altitude $desc', ({ tags, altitude }) => {
    expect(readPosition({ ...paris, ...tags }, {})?.altitude).toBe(altitude);
  });

  it.each([
    { desc: 'degrees and minutes', latitude: '48,51.504N', longitude: '2,17.67W' },
    { desc: 'degrees, minutes and seconds', latitude: '48,51,30.24N', longitude: '2,17,40.2W' },
    { desc: 'signed degrees', latitude: '48.8584', longitude: '-2.2945' },
  ])('reads XMP in $desc', ({ latitude, longitude }) => {
    const position = readPosition(
      {},
      { 'exif:GPSLatitude': latitude, 'exif:GPSLongitude': longitude, 'exif:GPSAltitude': '355/10' },
    );
    expect(position?.latitude).toBeCloseTo(48.8584, 6);
    expect(position?.longitude).toBeCloseTo(-2.2945, 6);
    expect(position?.altitude).toBe(35.5);
  });
});
