import type { FaceResource } from '@photoorg/example-api/schemas';
import { type FaceState, faceEvidence, faceName, faceState, inReadingOrder } from './describe-face.ts';

interface FaceBoxesProps {
  faces: readonly FaceResource[];
  /** Size of the upright image, in the pixels the boxes are given in. */
  width: number;
  height: number;
  selectedFaceId: string | undefined;
  onSelect: (faceId: string) => void;
}

const looks: Record<FaceState, string> = {
  confirmed: 'border-(--box-confirmed)',
  guess: 'border-(--box-guess) border-dashed',
  unknown: 'border-(--box-unknown) border-dotted',
  ignored: 'border-(--box-unknown) border-dotted opacity-60',
};

/** A button over each face of the picture that covers its whole parent; hovering or focusing one shows the name and how sure it is. */
export function FaceBoxes({ faces, width, height, selectedFaceId, onSelect }: FaceBoxesProps) {
  return (
    <ul aria-label="Faces in this photo">
      {inReadingOrder(faces).map((face) => {
        const { box } = face;
        const isLow = box.y + box.height > height * 0.85;
        return (
          <li key={face.faceId}>
            <button
              type="button"
              data-face-id={face.faceId}
              aria-pressed={face.faceId === selectedFaceId}
              aria-label={`${faceName(face)}, ${faceEvidence(face)}`}
              onClick={() => onSelect(face.faceId)}
              className={`group absolute rounded-md border-2 shadow-[0_0_0_1px_var(--box-outline),inset_0_0_0_1px_var(--box-outline)] before:absolute before:top-1/2 before:left-1/2 before:size-full before:min-h-11 before:min-w-11 before:-translate-x-1/2 before:-translate-y-1/2 hover:z-10 focus-visible:z-10 aria-pressed:border-[3px] aria-pressed:border-solid ${looks[faceState(face)]}`}
              style={{
                left: percent(box.x, width),
                top: percent(box.y, height),
                width: percent(box.width, width),
                height: percent(box.height, height),
              }}
            >
              <span
                aria-hidden="true"
                className={`-translate-x-1/2 pointer-events-none invisible absolute left-1/2 z-10 w-max max-w-56 rounded-lg bg-[#000000d9] px-2.5 py-1 text-[#ffffff] text-sm leading-snug group-hover:visible group-focus-visible:visible ${
                  isLow ? 'bottom-full mb-1.5' : 'top-full mt-1.5'
                }`}
              >
                <strong className="block truncate font-semibold">{faceName(face)}</strong>
                {faceEvidence(face)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function percent(part: number, whole: number): string {
  return `${(part / whole) * 100}%`;
}
