import type { ReviewItemResource, SuggestionResource } from '@photoorg/example-api/schemas';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { faceCropUrl, photoImageUrl } from '../api/image-urls.ts';
import { suggestionsQuery } from '../api/queries.ts';
import type { NamedPerson } from '../labelling/decision.ts';
import { shownLabels } from '../labelling/label-conflict.ts';
import { SuggestionCard } from '../labelling/suggestion-card.tsx';
import { worthShowing } from '../labelling/worth-showing.ts';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { FaceCrop } from '../ui/face-crop.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { FaceInPhoto } from './face-in-photo.tsx';
import { QuestionActions } from './question-actions.tsx';
import { answerOf, describeStep, rejectedPeople } from './review-steps.ts';
import type { ReviewControls } from './use-review.ts';

interface QuestionProps {
  item: ReviewItemResource;
  /** The question after this one, whose pictures are fetched ahead. */
  next: ReviewItemResource | undefined;
  /** When the queue, and the suggestions in it, were fetched: milliseconds since 1970. */
  fetchedAt: number;
  review: ReviewControls;
}

/** As many as there are digits within reach of one hand. */
const suggestionsShown = 5;

/** One face, large and in its photo, with who it could be. */
export function Question({ item: { face, photo, suggestions: fetched }, next, fetchedAt, review }: QuestionProps) {
  const { faceId } = face;
  const heading = useRef<HTMLHeadingElement>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const [highlighted, setHighlighted] = useState(0);
  // Suggestions that came with the queue are out of date as soon as an answer was given.
  const live = useQuery({
    ...suggestionsQuery(faceId),
    initialData: { items: fetched },
    initialDataUpdatedAt: review.steps.some(({ decision }) => decision) ? 0 : fetchedAt,
  });
  const rejected = rejectedPeople(review.steps, faceId);
  const suggestions = worthShowing(live.data.items, rejected).slice(0, suggestionsShown);
  const current = suggestions[Math.min(highlighted, suggestions.length - 1)];
  const answer = answerOf(review.steps, faceId);

  const shown = shownLabels([face]);
  const confirm = (person: NamedPerson) => review.decide(faceId, { kind: 'confirm', faceIds: [faceId], person, shown });
  const confirmSuggestion = (suggestion: SuggestionResource | undefined) => suggestion && confirm(suggestion.person);
  const reject = () => current && review.decide(faceId, { kind: 'reject', faceId, person: current.person, shown });
  const ignore = () => review.decide(faceId, { kind: 'ignore', faceIds: [faceId], shown });
  const highlight = (by: 1 | -1) => setHighlighted(Math.min(Math.max(0, highlighted + by), Math.max(0, suggestions.length - 1)));

  useShortcuts({
    ...Object.fromEntries(suggestions.map((suggestion, index) => [String(index + 1), () => confirmSuggestion(suggestion)])),
    enter: () => confirmSuggestion(current),
    arrowdown: () => highlight(1),
    arrowup: () => highlight(-1),
    x: reject,
    u: () => review.leaveUnknown(faceId),
    i: ignore,
    n: () => nameField.current?.focus(),
  });
  useKeptFocus(heading, `${suggestions.length} ${answer !== undefined}`);
  useEffect(() => {
    if (!next) return;
    for (const url of [faceCropUrl(next.face.faceId), photoImageUrl(next.photo, '1024')]) new Image().src = url;
  }, [next]);

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)] xl:gap-10">
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-4 lg:grid-cols-1">
        <FaceCrop faceId={faceId} alt="The face in question" loading="eager" className="mx-auto w-full max-w-60" />
        <FaceInPhoto face={face} photo={photo} />
      </div>
      <div className="grid gap-5">
        <div>
          <h2 ref={heading} tabIndex={-1} className="rounded-md font-bold text-2xl">
            Who is this?
          </h2>
          {answer && <p className="mt-1 font-medium text-accent">{describeStep(answer)}. Answer again to change it.</p>}
          {suggestions.length === 0 && (
            <p className="mt-1 text-muted">
              {rejected.length > 0 ? 'Nobody else comes to mind.' : 'Nobody comes to mind.'} Name them, or leave them unknown.
            </p>
          )}
        </div>
        {suggestions.length > 0 && (
          <ol className="grid gap-2">
            {suggestions.map((suggestion, index) => (
              <li key={suggestion.person.personId}>
                <SuggestionCard
                  suggestion={suggestion}
                  shortcuts={suggestion === current ? [String(index + 1), 'Enter'] : [String(index + 1)]}
                  isCurrent={suggestion === current}
                  onChoose={() => confirmSuggestion(suggestion)}
                />
              </li>
            ))}
          </ol>
        )}
        <PersonPicker label="Someone else" placeholder="Type a name (N)" onPick={confirm} canCreate inputRef={nameField} />
        <QuestionActions
          suggested={current?.person ?? null}
          onReject={reject}
          onLeaveUnknown={() => review.leaveUnknown(faceId)}
          onIgnore={ignore}
          onUndo={review.steps.length > 0 ? review.undo : undefined}
        />
      </div>
    </div>
  );
}
