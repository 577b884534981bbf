import type { SourceTable } from '../copy-report.ts';

/** The names a column goes by in old libraries; the first one is the documented name. */
export const columnNames = {
  photos: {
    path: ['path', 'file_path', 'filepath'],
    sha256: ['sha256', 'file_hash', 'content_hash'],
    phash: ['phash'],
    filesize: ['filesize', 'file_size', 'size'],
    ext: ['ext', 'extension'],
    mime: ['mime', 'mime_type'],
    width: ['width'],
    height: ['height'],
    createdAt: ['created_ts', 'created_at'],
    modifiedAt: ['modified_ts', 'modified_at', 'mtime'],
    shotAt: ['shot_ts', 'shot_at', 'taken_at'],
    shotSource: ['shot_ts_source', 'shot_source'],
    facesDetectedAt: ['faces_detected_ts', 'faces_detected_at'],
    latitude: ['latitude', 'lat', 'gps_lat'],
    longitude: ['longitude', 'lon', 'gps_lon'],
  },
  faces: {
    photo: ['photo_id'],
    x: ['bbox_x', 'x'],
    y: ['bbox_y', 'y'],
    width: ['bbox_w', 'w', 'width'],
    height: ['bbox_h', 'h', 'height'],
    bitmap: ['bitmap', 'crop'],
    embedding: ['embedding', 'encoding'],
    provenance: ['provenance'],
  },
  people: {
    displayName: ['display_name', 'name'],
    createdAt: ['created_ts', 'created_at'],
  },
  face_labels: {
    face: ['face_id'],
    person: ['person_id'],
    source: ['label_source', 'source'],
    confidence: ['confidence'],
    createdAt: ['created_ts', 'created_at'],
  },
} as const satisfies Record<SourceTable, Record<string, readonly [string, ...string[]]>>;

export type FieldOf<Table extends SourceTable> = keyof (typeof columnNames)[Table] & string;

/** Fields without which a row of the table means nothing. */
export const requiredFields: { readonly [Table in SourceTable]: readonly FieldOf<Table>[] } = {
  photos: ['path'],
  faces: ['photo', 'x', 'y', 'width', 'height'],
  people: ['displayName'],
  face_labels: ['face', 'person'],
};

/** What a primary key is called when the table declares none. */
export const customaryKeys: Readonly<Record<SourceTable, readonly string[]>> = {
  photos: ['photo_id', 'id'],
  faces: ['face_id', 'id'],
  people: ['person_id', 'id'],
  face_labels: ['label_id', 'id'],
};

/** The column of a child table that names its parent's row, besides what FOREIGN KEY declares. */
export const parentOf = {
  faces: { photo: 'photos' },
  face_labels: { face: 'faces', person: 'people' },
} as const;
