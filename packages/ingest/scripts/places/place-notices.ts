/** What the licence of the data asks to be said beside it. */
export function placeNotices(sources: { current: string; rated: string; borders: string }): string {
  return `# Notices

\`places.br\` is made from the geographical database of GeoNames (https://www.geonames.org), licensed under the Creative Commons Attribution 4.0
License (https://creativecommons.org/licenses/by/4.0/). It was taken from the npm packages ${sources.current} and ${sources.rated}.

Changes made: the two were joined; sections of towns and places that are no more were left out; positions were rounded to a thousandth of a
degree and populations to steps of a fifth; only names, positions, populations and first-level divisions were kept. The names of countries are
those of the Unicode CLDR (https://cldr.unicode.org), under the Unicode License V3.

\`borders.br\` is made from the first-level divisions (1 : 10 million) of Natural Earth (https://www.naturalearthdata.com), which are in the public
domain. They were taken from the npm package ${sources.borders}, and joined to the divisions of GeoNames.
`;
}
