import type { Clues } from './clues.ts';

export type PlacementTerm = keyof ReturnType<typeof placementTerms>;

/** What the model adds up. Terms that level off say that more of a clue is worth no more. */
export function placementTerms(clues: Clues) {
  const { cautiousGroup, cautiousFace, group, face, groupMargin, faceMargin, likeness, nearest, isListed, groupSize } = clues;
  const listed = Number(isListed);
  const away = nearest === null ? 0 : Math.log(Math.max(nearest, 1e-3)) - clues.logCrowding;
  const byFace = Math.min(cautiousFace, face);
  const byGroup = Math.min(cautiousGroup, group);
  const logSize = Math.log(groupSize);
  const listedInGroup = Math.log(clues.groupListed + 0.5) - Math.log(groupSize - clues.groupListed + 0.5);
  return {
    one: 1,
    cautiousGroup,
    cautiousFace,
    group,
    face,
    byFace,
    all: Math.min(byFace, byGroup),
    byGroupTo0: Math.min(byGroup, 0),
    byGroupTo3: Math.min(byGroup, 3),
    groupMarginTo0: Math.min(groupMargin, 0),
    groupMarginTo1: Math.min(groupMargin, 1),
    groupMarginTo2: Math.min(groupMargin, 2),
    groupMarginTo4: Math.min(groupMargin, 4),
    faceMarginTo0: Math.min(faceMargin, 0),
    faceMarginTo2: Math.min(faceMargin, 2),
    faceMarginTo4: Math.min(faceMargin, 4),
    marginOfLarge: Math.min(groupMargin, 2) * logSize,
    marginOfListed: Math.min(groupMargin, 2) * listed,
    likeness,
    rivalLikeness: clues.rivalLikeness,
    likenessOfListed: likeness * listed,
    distance: nearest === null ? 0 : nearest - 0.5,
    away,
    awayFrom30Below: Math.max(0, away + 0.3),
    awayFrom20Below: Math.max(0, away + 0.2),
    awayOfListed: away * listed,
    awayOfLarge: away * logSize,
    isAlone: Number(nearest === null),
    logBearers: Math.log(clues.bearers + 1),
    listed,
    faceOfListed: byFace * listed,
    cautiousFaceOfListed: cautiousFace * listed,
    logSize,
    listedInGroup,
    listedInGroupOfListed: listedInGroup * listed,
    listedInGroupOfLarge: listedInGroup * logSize,
    aheadInGroup: Math.log((clues.groupListed + 0.5) / (clues.groupNext + 0.5)),
    logFacesInPhoto: Math.log(clues.facesInPhoto),
    isPhotoUnnamed: Number(clues.namesOfPhoto === 0),
  };
}
