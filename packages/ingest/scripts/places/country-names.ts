import { borders } from '@rapideditor/country-coder';

/** English names of all countries and territories by ISO code, as CLDR has them: short and in use, e.g. `United States`, not `United States of America`. */
export function countryNames(): Record<string, string> {
  const codes = borders.features.flatMap(({ properties }) => properties.iso1A2 ?? []).sort();
  return Object.fromEntries(codes.map((code) => [code, nameOf(code)]));
}

/** CLDR's long names of these two are `Hong Kong SAR China` and `Macao SAR China`. */
const CALLED_BY_SHORT_NAME = new Set(['HK', 'MO']);

function nameOf(code: string): string {
  const style = CALLED_BY_SHORT_NAME.has(code) ? 'short' : 'long';
  return new Intl.DisplayNames('en', { type: 'region', style }).of(code) ?? code;
}
