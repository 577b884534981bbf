import { UserPlus } from 'lucide-react';
import { ListBoxItem } from 'react-aria-components/ListBox';
import { FaceCrop } from './face-crop.tsx';

/** Not an id a person can have: those are UUIDs. */
export const createOptionId = 'create';

export interface PersonOption {
  id: string;
  displayName: string;
  /** Null: the option creates someone of this name. */
  person: { coverFaceId: string | null; facesCount: number } | null;
}

export function PersonPickerOption({ option: { id, displayName, person } }: { option: PersonOption }) {
  return (
    <ListBoxItem
      id={id}
      textValue={person ? displayName : `Create ${displayName}`}
      className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-2 py-1.5 data-focused:bg-sunken data-focused:outline-2 data-focused:outline-focus"
    >
      {person ? (
        <FaceCrop faceId={person.coverFaceId} alt="" className="size-9" />
      ) : (
        <UserPlus aria-hidden="true" className="mx-2 size-5" />
      )}
      <span className="min-w-0 flex-1 truncate">{person ? displayName : <>Create “{displayName}”</>}</span>
      {person && <span className="text-muted text-sm">{person.facesCount}</span>}
    </ListBoxItem>
  );
}
