import type { FaceResource, PhotoResource, ReviewItemResource, SuggestionResource } from '@photoorg/example-api/schemas';

// Answers of the API as its schemas type them, for pure code; a test names only the fields it is about.

export function photo(fields: Partial<PhotoResource> = {}): PhotoResource {
  return {
    photoId: 'photo',
    path: 'trip/beach.jpg',
    sha256: '0'.repeat(64),
    phash: null,
    filesize: 2_400_000,
    ext: '.jpg',
    mime: 'image/jpeg',
    width: 4000,
    height: 3000,
    orientation: 1,
    createdAt: null,
    modifiedAt: null,
    shotAt: null,
    shotLocal: null,
    shotOffsetMinutes: null,
    shotOffsetSource: null,
    shotZone: null,
    shotSource: null,
    shotPrecision: null,
    latitude: null,
    longitude: null,
    altitude: null,
    gpsDirection: null,
    gpsAccuracy: null,
    placeCity: null,
    placeRegion: null,
    placeCountry: null,
    placeCountryCode: null,
    cameraMake: null,
    cameraModel: null,
    lens: null,
    exposure: { iso: null, exposureTime: null, fNumber: null, focalLength: null },
    title: null,
    caption: null,
    keywords: [],
    keywordPaths: [],
    peopleShown: [],
    rating: null,
    thumbhash: null,
    pictureError: null,
    facesCount: 0,
    facesDetectedAt: null,
    addedAt: '2024-06-01T12:00:00.000Z',
    missing: false,
    ...fields,
  };
}

export function face(fields: Partial<FaceResource> = {}): FaceResource {
  return {
    faceId: 'face',
    photoId: 'photo',
    box: { x: 10, y: 10, width: 100, height: 100 },
    landmarks: null,
    score: null,
    quality: null,
    source: 'detected',
    ignored: false,
    ignoredReason: null,
    detector: 'test',
    provenance: {},
    createdAt: '2024-06-01T12:00:00.000Z',
    hasCrop: true,
    label: null,
    ...fields,
  };
}

export function suggestion(personId: string, confidence: number): SuggestionResource {
  return {
    person: { personId, displayName: personId.toUpperCase(), coverFaceId: null },
    rank: 1,
    confidence,
    interval: { low: confidence, high: confidence },
    faceConfidence: confidence,
    score: 2,
    terms: [{ name: 'nearest face', logOdds: 2, because: 'The nearest face is at distance 0.40.' }],
    distance: 0.4,
    space: 'test',
    supportingFaces: 3,
    nearestFaceId: 'nearest',
    reason: 'three faces nearby',
    action: 'ask',
  };
}

/** A question about `faceId` in `photoId`, with the given suggestions, best first. */
export function question(faceId: string, photoId: string, suggestions: SuggestionResource[]): ReviewItemResource {
  return { face: face({ faceId, photoId }), photo: photo({ photoId }), suggestions };
}
