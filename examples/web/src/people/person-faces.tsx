import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { facesQuery } from '../api/queries.ts';
import { faceEvidence, faceState } from '../photo/describe-face.ts';
import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Every face that goes by a person's name; those no person has confirmed yet are marked. */
export function PersonFaces({ personId }: { personId: string }) {
  const faces = useInfiniteQuery(facesQuery({ personId }));
  const items = faces.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="person-faces" className="mb-8">
      <h2 id="person-faces" className="mb-3 font-semibold text-xl">
        Faces
      </h2>
      {faces.isError && (
        <ProblemNotice what="The faces could not be shown" error={faces.error} onRetry={() => void faces.refetch()} />
      )}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-3">
        {items.map((face, index) => (
          <li key={face.faceId}>
            <Link
              to="/photos/$photoId"
              params={{ photoId: face.photoId }}
              search={{ personId, face: face.faceId }}
              aria-label={`Face ${index + 1}, ${faceEvidence(face)}`}
              className="block rounded-crop"
            >
              <FaceCrop
                faceId={face.faceId}
                alt=""
                className={`w-full ${faceState(face) === 'guess' ? 'outline-2 outline-guess outline-dashed outline-offset-2' : ''}`}
              />
              {faceState(face) === 'guess' && <span className="mt-1.5 block text-center text-guess text-xs">to confirm</span>}
            </Link>
          </li>
        ))}
      </ul>
      {faces.hasNextPage && (
        <Button className="mt-4" isDisabled={faces.isFetchingNextPage} onPress={() => void faces.fetchNextPage()}>
          Show more faces
        </Button>
      )}
    </section>
  );
}
