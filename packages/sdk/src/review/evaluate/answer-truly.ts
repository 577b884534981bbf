import type { CardDraft } from '../cards/draft-cards.ts';
import type { SimulatedLibrary } from './simulated-library.ts';

/** Answers a card as somebody does who knows everybody; the questions that it took. */
export function answerTruly(simulated: SimulatedLibrary, { subject, personId, faces }: CardDraft): number {
  const places = faces.map(({ index }) => index);
  if (subject.kind === 'pair') {
    // Whoever has two names in the library is two people here, too.
    simulated.reject(places, personId!);
    return 1;
  }
  const byPerson = Map.groupBy(places, (place) => simulated.truth.get(place)!);
  const [most] = [...byPerson].sort(
    ([a, x], [b, y]) => Number(b === personId) - Number(a === personId) || y.length - x.length || (a < b ? -1 : 1),
  );
  const [meant, right] = most!;
  if (subject.kind === 'person' && meant !== personId) {
    simulated.reject(places, personId!);
    return 1;
  }
  const wrong = places.filter((place) => !right.includes(place));
  simulated.confirm(right);
  if (subject.kind === 'person') simulated.reject(wrong, personId!);
  else simulated.takeOut(wrong);
  return 1 + wrong.length;
}
