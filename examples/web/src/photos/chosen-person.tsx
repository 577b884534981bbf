import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { personQuery } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';

/** The person whose photos are shown, and the way back to everyone's. */
export function ChosenPerson({ personId, onClear }: { personId: string; onClear: () => void }) {
  const { data: person } = useQuery(personQuery(personId));
  return (
    <div className="grid gap-1.5">
      <span className="font-semibold text-sm">Person</span>
      <div className="flex min-h-11 items-center gap-2 rounded-xl border border-accent bg-accent-soft pl-1.5">
        <FaceCrop faceId={person?.coverFaceId ?? null} alt="" className="size-8" />
        <span className="min-w-0 flex-1 truncate font-medium">{person?.displayName ?? '…'}</span>
        <Button look="bare" aria-label="Show photos of anyone" onPress={onClear} className="px-2.5">
          <X aria-hidden="true" className="size-5" />
        </Button>
      </div>
    </div>
  );
}
