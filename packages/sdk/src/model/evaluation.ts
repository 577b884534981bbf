/**
 * How well a library would know its own confirmed faces, each tried as if nobody had named it. A face is *known* when its person is
 * confirmed on another photo, too; it is tried a second time as a *stranger*, with its person taken out of the library. Shares are
 * from 0 to 1, null where there is nothing to take a share of.
 */
export interface Evaluation {
  /** Confirmed and imported faces that were tried. */
  facesTried: number;
  /** Of those, faces of people who are confirmed on other photos, too. */
  knownFaces: number;
  /** People with a face that was tried. */
  peopleTried: number;
  /** Known faces whose person comes first, at whatever confidence (rank-1 identification rate). */
  firstRight: number | null;
  /**
   * Open-set identification: at the confidence that at most such a share of strangers reaches (false positive identification rate),
   * the share of known faces whose person comes first with it (true positive identification rate).
   */
  identification: { falsePositives: number; confidence: number; truePositives: number | null }[];
  /** The largest share of known faces that some confidence names, such that so many of the named are right. */
  coverage: { precision: number; confidence: number | null; covered: number | null }[];
  /** What naming from a confidence on does. The library's own thresholds are among them. */
  thresholds: EvaluatedThreshold[];
  /** Expected calibration error over fifteen bins: how far a confidence is from the share that is right. */
  calibrationError: number | null;
  /** Mean squared difference of the confidence to 1 where it is right, and to 0 where not. */
  brier: number | null;
  /** Faces by the confidence of their first suggestion, in fifteen bins; empty bins are left out. */
  reliability: { from: number; to: number; faces: number; confidence: number; right: number }[];
  /** People by how often they are missed or mistaken, the worst first. */
  people: EvaluatedPerson[];
  /** Thirds of the faces by how near their strangers are: faces of a crowd are the hard ones. */
  crowding: EvaluatedGroup[];
  /** By the age on the photo, of people whose birth date is known; empty for nobody. */
  ages: EvaluatedGroup[];
  /** What the ranking is without each of its terms: how much the term is worth. */
  withoutTerm: { term: string; brier: number; covered: number | null }[];
  /** What naming the library's confirmed faces once more would take, from nobody named; null when not asked for, or nobody is confirmed. */
  questions: EvaluatedQuestions | null;
}

/**
 * A simulation in memory: nobody has a name, somebody who knows everybody answers the cards of `review.next` in their order, and what is
 * certain is applied after each answer. A card is one question, and each face of it that is somebody else is one more.
 */
export interface EvaluatedQuestions {
  /** Confirmed faces that were to be named: whole people, but no more than a tenth of the faces of one person. */
  faces: number;
  /** Whose faces they are. */
  people: number;
  /** Questions until 95 % of the faces had their right name; null when wrong guesses stood in the way. */
  toNinetyFive: number | null;
  /** Questions until such a share had their right name: 0.05, 0.1 and so on to 0.95, as far as it came. */
  curve: { named: number; questions: number }[];
}

export interface EvaluatedThreshold {
  confidence: number;
  /** Of the faces that would be named, the share that is right. */
  right: number | null;
  /** Of the known faces, the share that would be named rightly. */
  covered: number | null;
  /** Of the strangers, the share that would be named. */
  strangersNamed: number | null;
}

export interface EvaluatedPerson {
  personId: string;
  displayName: string;
  knownFaces: number;
  /** Named rightly at the auto-apply threshold. */
  named: number;
  /** Named as somebody else at the auto-apply threshold. */
  mistaken: number;
  /** Who comes first instead, most often; null when nobody does. */
  mistakenFor: string | null;
}

/** A group of faces at the auto-apply threshold. */
export interface EvaluatedGroup extends Omit<EvaluatedThreshold, 'confidence'> {
  /** Such as `crowded`, or `3 to 11 years`. */
  name: string;
  faces: number;
}
