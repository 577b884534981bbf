import { Check, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { Decision } from '../labelling/decision.ts';
import { DecisionProblem } from '../labelling/decision-problem.tsx';
import { shownLabels } from '../labelling/label-conflict.ts';
import { useLabelling } from '../labelling/use-labelling.ts';
import { count } from '../people/count-text.ts';
import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';
import { FaceToggle } from './face-toggle.tsx';
import { leftOutAtFirst, type QuestionGroup } from './group-questions.ts';

interface GroupQuestionProps {
  group: QuestionGroup;
  /** These faces were answered and leave the group. */
  onSettled: (faceIds: string[]) => void;
  /** The answer was taken back. */
  onReopened: (faceIds: string[]) => void;
}

/** Faces with the same most likely name, the very likely ones chosen to begin with; one press answers for all that are chosen. */
export function GroupQuestion({ group, onSettled, onReopened }: GroupQuestionProps) {
  const { person, exampleFaceId, items } = group;
  const labelling = useLabelling({ onUndone: onReopened });
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(() => new Set(leftOutAtFirst(group)));
  const chosen = items.map(({ face }) => face.faceId).filter((faceId) => !leftOut.has(faceId));
  const shown = shownLabels(items.map(({ face }) => face).filter(({ faceId }) => !leftOut.has(faceId)));
  const toggle = (faceId: string) => setLeftOut((before) => before.symmetricDifference(new Set([faceId])));
  const decide = (decision: Decision) => labelling.mutate(decision, { onSuccess: () => onSettled(chosen) });
  const isIdle = chosen.length > 0 && !labelling.isPending;
  const headingId = `group-${person?.personId ?? 'nobody'}`;

  return (
    <section aria-labelledby={headingId} className="rounded-3xl border border-line bg-surface p-4 sm:p-5">
      <div className="mb-4 flex items-center gap-3">
        {person && <FaceCrop faceId={exampleFaceId} alt="" className="size-14" />}
        <div>
          <h2 id={headingId} className="font-bold text-xl leading-tight">
            {person ? `Is this ${person.displayName}?` : 'Nobody comes to mind'}
          </h2>
          <p className="text-muted text-sm">
            {count(items.length, 'face')}, {chosen.length} chosen
          </p>
        </div>
      </div>
      <ul className="mb-5 grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-3">
        {items.map((item) => (
          <FaceToggle
            key={item.face.faceId}
            item={item}
            isChosen={!leftOut.has(item.face.faceId)}
            onToggle={() => toggle(item.face.faceId)}
          />
        ))}
      </ul>
      <div className="flex flex-wrap items-end gap-2">
        {person ? (
          <Button look="primary" isDisabled={!isIdle} onPress={() => decide({ kind: 'confirm', faceIds: chosen, person, shown })}>
            <Check aria-hidden="true" className="size-5" />
            {yesText(chosen.length, items.length, person.displayName)}
          </Button>
        ) : (
          <div className="w-full sm:w-72">
            <PersonPicker
              label={`The ${chosen.length} chosen are`}
              placeholder="Type a name"
              canCreate
              onPick={(named) => isIdle && decide({ kind: 'confirm', faceIds: chosen, person: named, shown })}
            />
          </div>
        )}
        <Button isDisabled={!isIdle} onPress={() => decide({ kind: 'ignore', faceIds: chosen, shown })}>
          <EyeOff aria-hidden="true" className="size-5" />
          Ignore as strangers
        </Button>
        <Button
          look="bare"
          onPress={() => setLeftOut(chosen.length > 0 ? new Set(items.map(({ face }) => face.faceId)) : new Set())}
        >
          {chosen.length > 0 ? 'Choose none' : 'Choose all'}
        </Button>
      </div>
      {labelling.isError && (
        <div className="mt-4">
          <DecisionProblem decision={labelling.variables} error={labelling.error} onDecide={decide} />
        </div>
      )}
    </section>
  );
}

function yesText(chosen: number, inGroup: number, name: string): string {
  if (chosen === 0) return `Yes, this is ${name}`;
  if (chosen === 1) return inGroup === 1 ? `Yes, this is ${name}` : `Yes, this one is ${name}`;
  return `Yes, ${chosen === inGroup ? 'all' : 'these'} ${chosen} are ${name}`;
}
