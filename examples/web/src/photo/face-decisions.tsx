import type { FaceResource } from '@photoorg/example-api/schemas';
import { useQuery } from '@tanstack/react-query';
import { Check, CircleHelp, EyeOff, UserRoundX } from 'lucide-react';
import { suggestionsQuery } from '../api/queries.ts';
import type { NamedPerson } from '../labelling/decision.ts';
import { DecisionProblem } from '../labelling/decision-problem.tsx';
import { shownLabels } from '../labelling/label-conflict.ts';
import { SuggestionCard } from '../labelling/suggestion-card.tsx';
import { useLabelling } from '../labelling/use-labelling.ts';
import { worthShowing } from '../labelling/worth-showing.ts';
import { Button } from '../ui/button.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Everything one can say about who a face is. */
export function FaceDecisions({ face }: { face: FaceResource }) {
  const { faceId, label } = face;
  const labelling = useLabelling();
  const isConfirmed = label?.source === 'human_confirmed';
  const suggestions = useQuery({ ...suggestionsQuery(faceId), enabled: !isConfirmed && !face.ignored });
  const others = worthShowing(suggestions.data?.items ?? [], label ? [label.personId] : []);
  const shown = shownLabels([face]);
  const confirm = (person: NamedPerson) => labelling.mutate({ kind: 'confirm', faceIds: [faceId], person, shown });

  return (
    <div className="grid gap-4">
      {label && !isConfirmed && (
        <Button look="primary" onPress={() => confirm(label)}>
          <Check aria-hidden="true" className="size-5" />
          Yes, this is {label.displayName}
        </Button>
      )}
      {others.length > 0 && (
        <div className="grid gap-2">
          <h3 className="font-semibold text-sm">{label ? 'Or is it' : 'Could it be'}</h3>
          {others.map((suggestion) => (
            <SuggestionCard
              key={suggestion.person.personId}
              suggestion={suggestion}
              onChoose={() => confirm(suggestion.person)}
            />
          ))}
        </div>
      )}
      <PersonPicker label={label ? 'Someone else' : 'Name'} placeholder="Type a name" onPick={confirm} canCreate />
      <div className="flex flex-wrap gap-2">
        {label ? (
          <>
            <Button onPress={() => labelling.mutate({ kind: 'reject', faceId, person: label, shown })}>
              <UserRoundX aria-hidden="true" className="size-5" />
              Not {label.displayName}
            </Button>
            <Button onPress={() => labelling.mutate({ kind: 'clear', faceId, shown })}>
              <CircleHelp aria-hidden="true" className="size-5" />
              Unknown person
            </Button>
          </>
        ) : (
          <Button onPress={() => labelling.mutate({ kind: 'ignore', faceIds: [faceId], ignored: !face.ignored, shown })}>
            <EyeOff aria-hidden="true" className="size-5" />
            {face.ignored ? 'Not a stranger after all' : 'Ignore this stranger'}
          </Button>
        )}
      </div>
      {labelling.isError && (
        <DecisionProblem decision={labelling.variables} error={labelling.error} onDecide={labelling.mutate} />
      )}
      {suggestions.isError && (
        <ProblemNotice
          what="No suggestions could be fetched"
          error={suggestions.error}
          onRetry={() => void suggestions.refetch()}
        />
      )}
    </div>
  );
}
