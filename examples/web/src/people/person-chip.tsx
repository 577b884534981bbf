import { useQuery } from '@tanstack/react-query';
import { personQuery } from '../api/queries.ts';
import { FaceCrop } from '../ui/face-crop.tsx';
import { countFacesAndPhotos } from './count-text.ts';

/** A person's face over their name and counts. */
export function PersonChip({ personId }: { personId: string }) {
  const { data: person } = useQuery(personQuery(personId));
  return (
    <span className="grid w-36 justify-items-center gap-1">
      <FaceCrop faceId={person?.coverFaceId ?? null} alt="" className="size-24" />
      <span className="w-full truncate font-semibold">{person?.displayName ?? '…'}</span>
      <span className="text-muted text-sm">{person && countFacesAndPhotos(person)}</span>
    </span>
  );
}
