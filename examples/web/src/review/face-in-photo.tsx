import type { FaceResource, PhotoResource } from '@photoorg/example-api/schemas';
import { Link } from '@tanstack/react-router';
import { photoImageUrl } from '../api/image-urls.ts';
import { formatShotTime, isFileDate } from '../photo/format-shot-time.ts';
import { describePhoto } from '../photos/describe-photo.ts';

interface FaceInPhotoProps {
  face: FaceResource;
  photo: PhotoResource;
}

/** The photo around a face, with the face marked; a way to the full picture. */
export function FaceInPhoto({ face: { faceId, box }, photo }: FaceInPhotoProps) {
  const { photoId, width, height } = photo;
  return (
    <figure className="min-w-0">
      <Link
        to="/photos/$photoId"
        params={{ photoId }}
        search={{ face: faceId }}
        className="mx-auto block max-h-72 max-w-full overflow-hidden rounded-2xl bg-sunken"
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        <span className="relative block" style={{ aspectRatio: `${width} / ${height}` }}>
          <img src={photoImageUrl(photo, '1024')} alt={describePhoto(photo)} className="absolute inset-0 size-full" />
          <span
            aria-hidden="true"
            className="absolute rounded-md border-2 border-(--box-guess) shadow-[0_0_0_1px_var(--box-outline),0_0_0_100vmax_#00000059]"
            style={{
              left: `${(box.x / width) * 100}%`,
              top: `${(box.y / height) * 100}%`,
              width: `${(box.width / width) * 100}%`,
              height: `${(box.height / height) * 100}%`,
            }}
          />
        </span>
      </Link>
      <figcaption className="mt-2 text-center text-muted text-sm">
        {formatShotTime(photo) ?? 'Date unknown'}
        {isFileDate(photo) && ' (date of the file)'}
      </figcaption>
    </figure>
  );
}
