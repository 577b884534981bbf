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

function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(degreeDecimals)}° ${value < 0 ? negative : positive}`;
}
