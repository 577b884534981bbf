import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { ReviewCardKind } from '../../model/review-cards.ts';
import { isUuid } from '../../values/is-uuid.ts';

/** What a card is about: the id of a group, a person or a face; of a pair, the person and the other. */
export interface CardSubject {
  readonly kind: ReviewCardKind;
  readonly ids: readonly [string, ...string[]];
}

const IDS: Readonly<Record<ReviewCardKind, number>> = { group: 1, person: 1, pair: 2, face: 1 };

export function toCardId({ kind, ids }: CardSubject): string {
  return [kind, ...ids].join(':');
}

export function readCardId(cardId: unknown): CardSubject {
  const [kind, ...ids] = String(cardId).split(':');
  if (!Object.hasOwn(IDS, kind!) || ids.length !== IDS[kind as ReviewCardKind] || !ids.every(isUuid)) {
    throw InvalidInputError.expected('the id of a card that review.next gave', 'cardId', cardId);
  }
  return { kind: kind as ReviewCardKind, ids: ids as [string, ...string[]] };
}
