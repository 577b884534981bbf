import type { PersonResource } from '@photoorg/example-api/schemas';
import { Link } from '@tanstack/react-router';
import { Merge, Pencil } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { count } from './count-text.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { RenameForm } from './rename-form.tsx';

/** A person with their face, how often they appear, and the two repairs a name may need: another spelling, or one person too many. */
export function PersonCard({ person }: { person: PersonResource }) {
  const [isRenaming, setRenaming] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  useKeptFocus(renameButton, isRenaming);
  const [isMerging, setMerging] = useState(false);
  return (
    <li className="min-w-0">
      <Link
        to="/people/$personId"
        params={{ personId: person.personId }}
        className="group block rounded-3xl"
        aria-label={person.displayName}
      >
        <FaceCrop
          faceId={person.coverFaceId}
          alt=""
          className="w-full transition-transform duration-300 group-hover:scale-[1.02]"
        />
      </Link>
      {isRenaming ? (
        <div className="mt-2">
          <RenameForm person={person} onDone={() => setRenaming(false)} />
        </div>
      ) : (
        <>
          <p className="mt-2 break-words font-semibold text-lg leading-snug">{person.displayName}</p>
          <p className="text-muted text-sm">
            {count(person.facesCount, 'face')}, {count(person.photosCount, 'photo')}
          </p>
          <div className="-ml-3.5 flex">
            <Button
              look="bare"
              aria-label={`Rename ${person.displayName}`}
              ref={renameButton}
              onPress={() => setRenaming(true)}
              className="px-0"
            >
              <Pencil aria-hidden="true" className="size-4.5" />
            </Button>
            <Button
              look="bare"
              aria-label={`Merge ${person.displayName} into someone else`}
              onPress={() => setMerging(true)}
              className="px-0"
            >
              <Merge aria-hidden="true" className="size-4.5" />
            </Button>
          </div>
        </>
      )}
      <MergeDialog person={person} isOpen={isMerging} onClose={() => setMerging(false)} />
    </li>
  );
}
