import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { similarFacesQuery } from '../api/queries.ts';
import { FaceCrop } from '../ui/face-crop.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const similarFacesShown = 12;

/** The faces most like one, nearest first, each a way to its photo. */
export function SimilarFaces({ faceId }: { faceId: string }) {
  const similar = useQuery(similarFacesQuery({ faceId, limit: similarFacesShown }));
  return (
    <div>
      <h3 className="mb-2 font-semibold text-sm">Similar faces</h3>
      {similar.isError && (
        <ProblemNotice what="No similar faces could be fetched" error={similar.error} onRetry={() => void similar.refetch()} />
      )}
      {similar.data?.items.length === 0 && <p className="text-muted text-sm">No other face to compare with yet.</p>}
      <ul className="relative -mx-1 flex snap-x gap-2 overflow-x-auto px-1 py-1">
        {similar.data?.items.map(({ face, distance }) => (
          <li key={face.faceId} className="w-20 shrink-0 snap-start">
            <Link
              to="/photos/$photoId"
              params={{ photoId: face.photoId }}
              search={{ face: face.faceId }}
              className="block rounded-xl text-center text-sm leading-tight"
            >
              <FaceCrop faceId={face.faceId} alt="" className="w-20" />
              <span className="mt-1 block truncate">{face.label?.displayName ?? 'Unknown'}</span>
              <span className="text-muted text-xs">
                <span className="sr-only">distance </span>
                {distance.toFixed(2)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
