import type { PhotoDetailResource } from '@photoorg/example-api/schemas';
import { photoImageSrcSet, photoImageUrl } from '../api/image-urls.ts';
import { describePhoto } from '../photos/describe-photo.ts';
import { PhotoPlaceholder } from '../photos/photo-placeholder.tsx';
import { FaceBoxes } from './face-boxes.tsx';

interface PhotoStageProps {
  photo: PhotoDetailResource;
  faceBoxes: boolean;
  selectedFaceId: string | undefined;
  onSelectFace: (faceId: string) => void;
}

/** The whole picture, as large as the window allows, with the boxes of its faces exactly over it. */
export function PhotoStage({ photo, faceBoxes, selectedFaceId, onSelectFace }: PhotoStageProps) {
  const { width, height } = photo;
  return (
    <figure className="top-20 grid place-items-center overflow-clip rounded-3xl bg-sunken p-0 [--stage-height:calc(100dvh-9.5rem)] max-lg:[--stage-height:62dvh] lg:sticky lg:min-h-(--stage-height)">
      <div
        className="relative max-w-full"
        style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, ${width}px, var(--stage-height) * ${width / height})` }}
      >
        <PhotoPlaceholder thumbhash={photo.thumbhash} />
        <img
          key={photo.photoId}
          src={photoImageUrl(photo, '1024')}
          srcSet={photoImageSrcSet(photo)}
          sizes="(min-width: 64rem) calc(100vw - 28rem), 100vw"
          alt={describePhoto(photo)}
          className="absolute inset-0 size-full"
        />
        {faceBoxes && (
          <FaceBoxes faces={photo.faces} width={width} height={height} selectedFaceId={selectedFaceId} onSelect={onSelectFace} />
        )}
      </div>
    </figure>
  );
}
