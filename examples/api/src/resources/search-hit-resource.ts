import type { SearchHit } from '@photoorg/sdk';
import type { SearchHitResource } from '../schemas/search.ts';
import { toFaceResource } from './face-resource.ts';
import { toPersonResource } from './person-resource.ts';
import { toPhotoResource } from './photo-resource.ts';

export function toSearchHitResource(hit: SearchHit): SearchHitResource {
  return {
    ...hit,
    photo: hit.photo && toPhotoResource(hit.photo),
    face: hit.face && toFaceResource(hit.face),
    person: hit.person && toPersonResource(hit.person),
  };
}
