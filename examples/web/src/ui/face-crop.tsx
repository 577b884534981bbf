import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { faceCropUrl } from '../api/image-urls.ts';

interface FaceCropProps {
  /** Null: nobody's face, shown as a silhouette. */
  faceId: string | null;
  /** What the picture says to someone who cannot see it; empty when the text beside it says it already. */
  alt: string;
  className?: string;
  loading?: 'lazy' | 'eager';
}

/** A face cut from its photo, or a silhouette when there is none to show. */
export function FaceCrop({ faceId, alt, className = '', loading = 'lazy' }: FaceCropProps) {
  const [failedFaceId, setFailedFaceId] = useState<string | null>(null);
  const shape = `aspect-square shrink-0 rounded-crop bg-sunken ${className}`;
  if (faceId === null || faceId === failedFaceId) {
    return (
      <span
        {...(alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt })}
        className={`grid place-items-center text-muted ${shape}`}
      >
        <UserRound aria-hidden="true" className="size-1/2" />
      </span>
    );
  }
  return (
    <img
      key={faceId}
      src={faceCropUrl(faceId)}
      alt={alt}
      loading={loading}
      decoding="async"
      onError={() => setFailedFaceId(faceId)}
      className={`object-cover ${shape}`}
    />
  );
}
