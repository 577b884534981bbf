import { probabilities } from './terms/conditional-logit.ts';
import type { FaceScores, Weighing } from './terms/ranking-term.ts';

/** Of another face of the photo so improbable that it says nothing. */
const LEAST_PROBABILITY = 0.001;
/** No face is taken so surely for somebody that nobody else can be. */
const MOST_PROBABILITY = 1 - 1e-6;

/**
 * A person is on a photo once: whoever another face of it shows is not shown by this one. Each candidate loses what the others claim: of
 * two faces that could be one person only, exactly what weighing all ways to give out the name would (one step of a mean field for more).
 *
 * @param beside what the pictures of the other faces say that wait for a name in the same photo
 */
export function onceInAPhoto(personIds: readonly string[], beside: readonly FaceScores[]): Weighing[] {
  const claims = beside.map(({ personIds: others, scores }) => {
    const chances = probabilities(scores);
    return new Map(others.map((personId, i) => [personId, Math.min(MOST_PROBABILITY, chances[i]!)]));
  });
  const claimed = personIds.map((personId) =>
    claims
      .map((chances) => chances.get(personId) ?? 0)
      .filter((chance) => chance >= LEAST_PROBABILITY)
      // A sum of floating-point numbers depends on their order.
      .sort((a, b) => b - a),
  );
  if (claimed.every((chances) => chances.length === 0)) return [];
  return [
    {
      name: 'once in a photo',
      logOdds: claimed.map((chances) =>
        chances.length === 0 ? null : chances.reduce((sum, chance) => sum + Math.log1p(-chance), 0),
      ),
      because: (i) => `Another face of the photo is this person with ${(100 * claimed[i]![0]!).toFixed(1)} %.`,
    },
  ];
}
