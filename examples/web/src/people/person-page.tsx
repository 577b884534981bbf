import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Merge, Pencil } from 'lucide-react';
import { useRef, useState } from 'react';
import { personQuery, photosQuery } from '../api/queries.ts';
import { PhotoGrid } from '../photos/photo-grid.tsx';
import { toPhotosQuery } from '../photos/photo-search.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { countFacesAndPhotos } from './count-text.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { PersonFaces } from './person-faces.tsx';
import { RemovePersonButton } from './remove-person-button.tsx';
import { RenameForm } from './rename-form.tsx';

const route = getRouteApi('/people/$personId');

export function PersonPage() {
  const { personId } = route.useParams();
  const navigate = route.useNavigate();
  const [isRenaming, setRenaming] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  useKeptFocus(renameButton, isRenaming);
  const [isMerging, setMerging] = useState(false);
  const { data: person, error, refetch } = useQuery(personQuery(personId));
  const search = { personId };
  const photos = useInfiniteQuery(photosQuery(toPhotosQuery(search)));

  if (error) return <ProblemNotice what="This person could not be shown" error={error} onRetry={() => void refetch()} />;
  if (!person) return <Loading what="the person" />;
  return (
    <>
      <header className="mb-8 flex flex-wrap items-center gap-5">
        <FaceCrop faceId={person.coverFaceId} alt="" className="size-24 sm:size-32" loading="eager" />
        <div className="min-w-0 flex-1 basis-52">
          <PageTitle title={person.displayName} className={isRenaming ? 'sr-only' : 'break-words'} />
          {isRenaming && (
            <div className="max-w-md">
              <RenameForm person={person} onDone={() => setRenaming(false)} />
            </div>
          )}
          <p className="text-muted">{countFacesAndPhotos(person)}</p>
          {person.aliases.length > 0 && <p className="text-muted text-sm">Also {person.aliases.join(', ')}</p>}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button ref={renameButton} onPress={() => setRenaming(true)}>
            <Pencil aria-hidden="true" className="size-4.5" />
            Rename
          </Button>
          <Button onPress={() => setMerging(true)}>
            <Merge aria-hidden="true" className="size-4.5" />
            Merge
          </Button>
          {person.facesCount === 0 && (
            <RemovePersonButton person={person} onRemoved={() => navigate({ to: '/people', replace: true })} />
          )}
        </div>
      </header>
      <PersonFaces personId={personId} />
      <section aria-labelledby="person-photos">
        <h2 id="person-photos" className="font-semibold text-xl">
          Photos
        </h2>
        {photos.isError && (
          <ProblemNotice what="The photos could not be shown" error={photos.error} onRetry={() => void photos.refetch()} />
        )}
        <PhotoGrid
          photos={photos.data?.pages.flatMap((page) => page.items) ?? []}
          search={search}
          hasMore={photos.hasNextPage && !photos.isFetching && !photos.isError}
          onMore={photos.fetchNextPage}
          headingLevel={3}
        />
      </section>
      <MergeDialog
        person={person}
        isOpen={isMerging}
        onClose={() => setMerging(false)}
        onMerged={(into) => void navigate({ params: { personId: into.personId }, replace: true })}
      />
    </>
  );
}
