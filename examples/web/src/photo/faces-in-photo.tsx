import type { FaceResource } from '@photoorg/example-api/schemas';
import { Button as AriaButton } from 'react-aria-components/Button';
import { FaceCrop } from '../ui/face-crop.tsx';
import { faceEvidence, faceName, inReadingOrder } from './describe-face.ts';

interface FacesInPhotoProps {
  faces: readonly FaceResource[];
  onSelect: (faceId: string) => void;
}

/** The people of a photo as face crops; pressing one asks about that face. */
export function FacesInPhoto({ faces, onSelect }: FacesInPhotoProps) {
  return (
    <section aria-labelledby="faces-in-photo">
      <h2 id="faces-in-photo" className="mb-3 font-semibold text-lg">
        {faces.length === 0 ? 'No faces found' : faces.length === 1 ? 'One face' : `${faces.length} faces`}
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-2">
        {inReadingOrder(faces).map((face) => (
          <li key={face.faceId}>
            <AriaButton
              onPress={() => onSelect(face.faceId)}
              className="flex w-full items-center gap-2.5 rounded-2xl border border-line bg-surface p-1.5 text-left hover:bg-sunken"
            >
              <FaceCrop faceId={face.faceId} alt="" className="size-12" />
              <span className="min-w-0 flex-1 text-sm leading-snug">
                <span className="line-clamp-2 font-semibold">{faceName(face)}</span>
                <span className="block truncate text-muted">
                  {face.label || face.ignored ? faceEvidence(face) : 'name this face'}
                </span>
              </span>
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
