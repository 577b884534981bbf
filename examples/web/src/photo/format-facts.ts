import type { PhotoResource } from '@photoorg/example-api/schemas';

/** Decimals of a degree shown: about eleven metres, what a phone's GPS is good for. */
const degreeDecimals = 4;

/** "Paris, Île-de-France, France", naming what is called the same once; null where no place is known. */
export function formatPlace(photo: {
  placeCity: string | null;
  placeRegion: string | null;
  placeCountry: string | null;
}): string | null {
  const names = new Set([photo.placeCity, photo.placeRegion, photo.placeCountry].filter((name) => name !== null));
  return [...names].join(', ') || null;
}

/** "48.8584° N, 2.2945° E, 35 m"; null without coordinates. */
export function formatPosition(place: {
  latitude: number | null;
  longitude: number | null;
  altitude: number | null;
}): string | null {
  const { latitude, longitude, altitude } = place;
  if (latitude === null || longitude === null) return null;
  const position = `${degrees(latitude, 'N', 'S')}, ${degrees(longitude, 'E', 'W')}`;
  return altitude === null ? position : `${position}, ${Math.round(altitude)} m`;
}

/** Seconds from which an exposure time is written as a decimal, as cameras show it. */
const longestFraction = 0.26;

/** "1/250 s · f/2.8 · ISO 400 · 35 mm", as photographers write it; null where the photo does not say. */
export function formatExposure({ exposureTime, fNumber, iso, focalLength }: PhotoResource['exposure']): string | null {
  const parts = [
    exposureTime !== null && `${formatSeconds(exposureTime)} s`,
    fNumber !== null && `f/${round(fNumber)}`,
    iso !== null && `ISO ${iso}`,
    focalLength !== null && `${round(focalLength)} mm`,
  ];
  return parts.filter(Boolean).join(' · ') || null;
}

export function formatMegapixels({ width, height }: { width: number; height: number }): string {
  const megapixels = (width * height) / 1e6;
  return `${megapixels < 10 ? megapixels.toFixed(1) : Math.round(megapixels)} MP`;
}

/** Bytes in decimal units, as file managers show them: "2.4 MB". */
export function formatFileSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

function formatSeconds(seconds: number): string {
  return seconds < longestFraction ? `1/${Math.round(1 / seconds)}` : String(round(seconds));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(degreeDecimals)}° ${value < 0 ? negative : positive}`;
}

/** Why a picture is not to be seen whole, by the code of the error. */
export function describePictureError(code: string): string {
  switch (code) {
    case 'IMAGE_TRUNCATED':
      return 'The file ends before its picture does: an interrupted copy, perhaps';
    case 'IMAGE_CORRUPT':
      return 'The file is damaged, and shows what is left';
    case 'DECODER_MISSING':
      return 'Not shown, for want of a decoder (photoorg setup)';
    default:
      return `Not shown in full (${code})`;
  }
}
