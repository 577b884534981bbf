import type { PersonResource } from '@photoorg/example-api/schemas';
import { Link } from '@tanstack/react-router';
import { Merge, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import { countFacesAndPhotos } from './count-text.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { RenameForm } from './rename-form.tsx';

/** A person with their face, how often they appear, and the two repairs a name may need: another spelling, or one person too many. */
export function PersonCard({ person }: { person: PersonResource }) {
  const [isRenaming, setRenaming] = useState(false);
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
      <div className="mt-2 flex items-start gap-1">
        {isRenaming ? (
          <RenameForm person={person} onDone={() => setRenaming(false)} />
        ) : (
          <>
            <div className="min-w-0 flex-1 pt-0.5">
              <p className="truncate font-semibold leading-snug">{person.displayName}</p>
              <p className="text-muted text-sm">{countFacesAndPhotos(person)}</p>
            </div>
            <Button
              look="bare"
              aria-label={`Rename ${person.displayName}`}
              onPress={() => setRenaming(true)}
              className="-mr-1 px-0"
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
          </>
        )}
      </div>
      <MergeDialog person={person} isOpen={isMerging} onClose={() => setMerging(false)} />
    </li>
  );
}
