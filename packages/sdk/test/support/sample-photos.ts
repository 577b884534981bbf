import { createHash } from 'node:crypto';
import type { AnalyzedPhoto, EmbeddingSpaceToSave, FaceBox, FaceToSave, PhotoToSave } from '../../src/index.ts';

/** A small space, so that a test can write vectors down. */
export const sampleSpace: EmbeddingSpaceToSave = {
  name: 'sample-4d',
  model: 'sample',
  modelVersion: '1',
  weightsSha256: '0'.repeat(64),
  alignment: 'none',
  dimension: 4,
  metric: 'l2',
  quantisation: 'none',
};

export function sha256Of(content: string): Uint8Array {
  return createHash('sha256').update(content).digest();
}

export function samplePhoto(content: string, changes: Partial<PhotoToSave> & { path?: string; root?: string } = {}): PhotoToSave {
  const { path = `${content}.jpg`, root = '/photos', ...rest } = changes;
  return {
    sha256: sha256Of(content),
    phash: 0x8000_0000_0000_0001n,
    mime: 'image/jpeg',
    ext: 'jpg',
    filesize: 5_000_000_000,
    width: 1000,
    height: 800,
    orientation: 6,
    createdAt: new Date('2024-05-01T10:00:00Z'),
    modifiedAt: new Date('2024-05-01T10:00:00Z'),
    shot: {
      at: new Date('2024-05-01T01:02:03.456Z'),
      local: '2024-05-01T10:02:03.456',
      offsetMinutes: 540,
      zone: 'Asia/Tokyo',
      source: 'exif:DateTimeOriginal',
      precision: 'subsecond',
      candidates: [],
    },
    latitude: 0,
    longitude: 139.7,
    altitude: 12.5,
    cameraMake: 'Canon',
    cameraModel: 'EOS R5',
    lens: null,
    title: null,
    caption: null,
    keywords: [],
    rating: null,
    exif: { ISO: 100 },
    thumbhash: Uint8Array.of(1, 2, 3),
    file: {
      root,
      path,
      pathBytes: Buffer.from(path),
      size: 5_000_000_000,
      mtimeNs: 1_714_557_600_123_456_789n,
      inode: 2n ** 64n - 1n,
    },
    ...rest,
  };
}

export function sampleFace(
  box: FaceBox,
  embedding: number[] | null = [1, 0, 0, 0],
  changes: Partial<FaceToSave> = {},
): FaceToSave {
  return {
    box,
    landmarks: [[box.x, box.y]],
    score: 0.9,
    quality: { sharpness: 0.5 },
    crop: Uint8Array.of(0xff, 0xd8, 1),
    embedding: embedding && Float32Array.from(embedding),
    detector: 'sample/1',
    provenance: { threshold: 0.5 },
    ...changes,
  };
}

export function sampleAnalyzed(
  content: string,
  faces: FaceToSave[] | null = [sampleFace({ x: 10, y: 20, width: 100, height: 100 })],
  changes: Parameters<typeof samplePhoto>[1] = {},
): AnalyzedPhoto {
  return { photo: samplePhoto(content, changes), faces, space: faces ? sampleSpace : null };
}
