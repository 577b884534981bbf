import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import type { KnownPerson } from './decision.ts';
import type { Candidate } from './namesakes.ts';

interface ChooseNamesakeProps {
  candidates: readonly Candidate[];
  onChoose: (person: KnownPerson) => void;
}

/** People of one name, told apart by a face, a birth date and how often they are seen. */
export function ChooseNamesake({ candidates, onChoose }: ChooseNamesakeProps) {
  return (
    <ul className="flex basis-full flex-wrap gap-2">
      {candidates.map(({ personId, displayName, birthDate, coverFaceId, facesCount }) => (
        <li key={personId}>
          <Button onPress={() => onChoose({ personId, displayName })}>
            <FaceCrop faceId={coverFaceId} alt="" className="size-9" />
            <span>
              {displayName}
              <span className="block text-muted text-sm">
                {birthDate && `born ${birthDate}, `}
                {facesCount === 1 ? '1 face' : `${facesCount} faces`}
              </span>
            </span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
