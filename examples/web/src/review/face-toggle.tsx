import type { ReviewItemResource } from '@photoorg/example-api/schemas';
import { Check } from 'lucide-react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { confidencePercent } from '../ui/confidence.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';

interface FaceToggleProps {
  item: ReviewItemResource;
  isChosen: boolean;
  onToggle: () => void;
}

/** A face of a group, chosen or left out. */
export function FaceToggle({ item: { face, suggestions, photo }, isChosen, onToggle }: FaceToggleProps) {
  const confidence = suggestions[0]?.confidence;
  const sureness = confidence === undefined ? '' : `, ${confidencePercent(confidence)} sure`;
  return (
    <li>
      <ToggleButton
        isSelected={isChosen}
        onChange={onToggle}
        aria-label={`Face in ${photo.path ?? 'a photo'}${sureness}`}
        className="group relative block w-full rounded-crop"
      >
        <FaceCrop
          faceId={face.faceId}
          alt=""
          className="w-full opacity-45 grayscale group-data-selected:opacity-100 group-data-selected:grayscale-0"
        />
        <span
          aria-hidden="true"
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-full border-2 border-line-strong bg-surface text-transparent group-data-selected:border-accent group-data-selected:bg-accent group-data-selected:text-on-accent"
        >
          <Check className="size-4" strokeWidth={3} />
        </span>
      </ToggleButton>
      {confidence !== undefined && (
        <p aria-hidden="true" className="mt-1 text-center text-muted text-xs">
          {confidencePercent(confidence)}
        </p>
      )}
    </li>
  );
}
