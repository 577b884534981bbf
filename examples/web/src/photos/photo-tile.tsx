import type { PhotoResource } from '@photoorg/example-api/schemas';
import { Link } from '@tanstack/react-router';
import { UserRound } from 'lucide-react';
import { memo } from 'react';
import { photoImageSrcSet, photoImageUrl } from '../api/image-urls.ts';
import { describePhoto } from './describe-photo.ts';
import { PhotoPlaceholder } from './photo-placeholder.tsx';
import type { PhotoSearch } from './photo-search.ts';

interface PhotoTileProps {
  photo: PhotoResource;
  /** In CSS pixels. */
  width: number;
  height: number;
  search: PhotoSearch;
}

/** One photo of the grid: its placeholder at once, its picture when it comes near the window, and how many faces it holds. */
export const PhotoTile = memo(function PhotoTile({ photo, width, height, search }: PhotoTileProps) {
  return (
    <Link
      to="/photos/$photoId"
      params={{ photoId: photo.photoId }}
      search={search}
      className="group relative block overflow-hidden rounded-lg bg-sunken"
      style={{ height }}
    >
      <PhotoPlaceholder thumbhash={photo.thumbhash} />
      <img
        src={photoImageUrl(photo, '512')}
        srcSet={photoImageSrcSet(photo)}
        sizes={`${Math.ceil(width)}px`}
        alt={describePhoto(photo)}
        loading="lazy"
        decoding="async"
        className="relative h-full w-full object-cover transition-transform duration-300 group-hover:scale-[1.02]"
      />
      {photo.facesCount > 0 && (
        <span
          aria-hidden="true"
          className="absolute right-1.5 bottom-1.5 flex items-center gap-1 rounded-full bg-[#000000b3] px-2 py-0.5 text-[#ffffff] text-xs"
        >
          <UserRound className="size-3.5" />
          {photo.facesCount}
        </span>
      )}
    </Link>
  );
});
