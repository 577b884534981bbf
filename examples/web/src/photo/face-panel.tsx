import type { FaceResource } from '@photoorg/example-api/schemas';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { Confidence } from '../ui/confidence.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { faceName } from './describe-face.ts';
import { FaceDecisions } from './face-decisions.tsx';
import { SimilarFaces } from './similar-faces.tsx';

interface FacePanelProps {
  face: FaceResource;
  onClose: () => void;
}

/** One face of the photo: who it is, how that is known, what one can say about it, and the faces most like it. */
export function FacePanel({ face, onClose }: FacePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { label } = face;
  useKeptFocus(heading, label?.eventId ?? face.ignored);

  return (
    <section
      aria-labelledby="face-heading"
      className="grid grid-cols-[minmax(0,1fr)] gap-5 rounded-3xl border border-line bg-surface p-4 sm:p-5"
    >
      <div className="grid gap-3">
        <div className="flex items-center gap-4">
          <FaceCrop faceId={face.faceId} alt={`Face of ${faceName(face)}`} className="size-20" loading="eager" />
          <h2
            ref={heading}
            id="face-heading"
            tabIndex={-1}
            className="min-w-0 flex-1 break-words rounded-md font-bold text-xl leading-tight"
          >
            {label ? (
              <Link
                to="/people/$personId"
                params={{ personId: label.personId }}
                className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
              >
                {label.displayName}
              </Link>
            ) : (
              faceName(face)
            )}
          </h2>
          <Button look="bare" aria-label="Close face" onPress={onClose} className="-mr-2 self-start px-2.5">
            <X aria-hidden="true" className="size-5" />
          </Button>
        </div>
        <div className="text-muted text-sm">
          {label?.source === 'human_confirmed' && 'Confirmed by a person.'}
          {label && label.source !== 'human_confirmed' && (
            <>
              {label.source === 'imported' ? 'Imported' : 'Guessed from similar faces'}
              <Confidence confidence={label.confidence} />
            </>
          )}
          {!label && (face.ignored ? 'Set aside as a stranger.' : 'Nobody has said who this is. That is fine.')}
        </div>
      </div>
      <FaceDecisions face={face} />
      <SimilarFaces faceId={face.faceId} />
    </section>
  );
}
