import type { Face, PersonOfPhoto, Photo, PhotoFile, StoredMetadata } from '@photoorg/sdk';
import type { PhotoDetailResource, PhotoFileResource, PhotoMetadataResource, PhotoResource } from '../schemas/photo.ts';
import { toFaceResource } from './face-resource.ts';

export function toPhotoResource(photo: Photo): PhotoResource {
  return {
    ...photo,
    createdAt: photo.createdAt?.toISOString() ?? null,
    modifiedAt: photo.modifiedAt?.toISOString() ?? null,
    shotAt: photo.shotAt?.toISOString() ?? null,
    facesDetectedAt: photo.facesDetectedAt?.toISOString() ?? null,
    addedAt: photo.addedAt.toISOString(),
  };
}

export function toPhotoDetailResource({
  faces,
  people,
  files,
  ...photo
}: Photo & { faces: Face[]; people: PersonOfPhoto[]; files: PhotoFile[] }): PhotoDetailResource {
  return { ...toPhotoResource(photo), faces: faces.map(toFaceResource), people, files: files.map(toPhotoFileResource) };
}

export function toPhotoMetadataResource({ shotCandidates, ...metadata }: StoredMetadata): PhotoMetadataResource {
  return {
    ...metadata,
    shotCandidates: shotCandidates.map(({ at, offsetSource = null, ...candidate }) => ({
      ...candidate,
      at: at?.toISOString() ?? null,
      offsetSource,
    })),
  };
}

/** Without the path's bytes: they are for the file system, and JSON has no bytes. */
function toPhotoFileResource({ fileId, root, path, kind, size, missingSince }: PhotoFile): PhotoFileResource {
  return { fileId, root, path, kind, size, missingSince: missingSince?.toISOString() ?? null };
}
