import { ApiProblem } from '../api/problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ChooseNamesake } from './choose-namesake.tsx';
import type { Decision } from './decision.ts';
import { describeSaidSince } from './describe-said-since.ts';
import { labelsSaidSince } from './label-conflict.ts';
import { candidatesOf } from './namesakes.ts';

interface DecisionProblemProps {
  decision: Decision;
  error: Error;
  onDecide: (decision: Decision) => void;
}

/** Why a decision was not taken, with the way on: again, over what somebody else said meanwhile, the same person twice in one photo, or one of several of a name. */
export function DecisionProblem({ decision, error, onDecide }: DecisionProblemProps) {
  const code = error instanceof ApiProblem ? error.code : null;
  if (code === 'PERSON_ALREADY_IN_PHOTO' && decision.kind === 'confirm' && decision.faceIds.length === 1) {
    return (
      <ProblemNotice
        what={`${decision.person.displayName} is already in this photo`}
        error={error}
        retryText="Both faces are theirs"
        onRetry={() => onDecide({ ...decision, allowSamePhoto: true })}
      />
    );
  }
  const candidates = candidatesOf(error);
  if (candidates && decision.kind === 'confirm') {
    return (
      <ProblemNotice what="Nothing was changed" error={error}>
        <ChooseNamesake candidates={candidates} onChoose={(person) => onDecide({ ...decision, person })} />
      </ProblemNotice>
    );
  }
  const changes = labelsSaidSince(error);
  if (changes) {
    const shown = Object.fromEntries(changes.map(({ faceId, revision }) => [faceId, revision]));
    return (
      <ProblemNotice
        what="Nothing was changed"
        error={error}
        detail={describeSaidSince(changes)}
        retryText="What I said counts"
        onRetry={() => onDecide({ ...decision, shown: { ...decision.shown, ...shown } })}
      />
    );
  }
  const mayRetry = !(error instanceof ApiProblem) || error.retryable;
  return <ProblemNotice what="Nothing was changed" error={error} onRetry={mayRetry ? () => onDecide(decision) : undefined} />;
}
