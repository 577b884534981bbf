/**
 * The first schema: libraries, photos and their files, faces and their embeddings, people, labels and the identity journal.
 *
 * One statement per entry: PGlite executes one statement per call. A released migration is never edited.
 */
export const initialSchema: readonly string[] = [
  `CREATE EXTENSION IF NOT EXISTS vector`,

  `CREATE TABLE libraries (
    library_id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    settings jsonb NOT NULL DEFAULT '{}',
    created_ts timestamptz NOT NULL DEFAULT now()
  )`,

  `CREATE TABLE roots (
    root_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    path_bytes bytea NOT NULL,
    label text NOT NULL,
    marker text,
    created_ts timestamptz NOT NULL DEFAULT now()
  )`,
  // A path may have 4096 bytes, a btree key not even 2704: the hash stands for it in every unique index on a path.
  `CREATE UNIQUE INDEX roots_by_path ON roots (library_id, sha256(path_bytes))`,

  `CREATE TABLE ingest_runs (
    run_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    config jsonb NOT NULL,
    config_hash text NOT NULL,
    versions jsonb NOT NULL,
    status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'finished', 'interrupted', 'failed')),
    counts jsonb NOT NULL DEFAULT '{}',
    started_ts timestamptz NOT NULL DEFAULT now(),
    seen_ts timestamptz NOT NULL DEFAULT now(),
    finished_ts timestamptz
  )`,

  // array_to_string is only STABLE because element output functions may be; for text it never changes.
  `CREATE FUNCTION photoorg_join(text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT array_to_string($1, ' ') $$`,

  `CREATE TABLE photos (
    photo_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    phash bit(64),
    path text,
    filesize bigint NOT NULL CHECK (filesize >= 0),
    ext text NOT NULL,
    mime text NOT NULL,
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    orientation smallint NOT NULL DEFAULT 1 CHECK (orientation BETWEEN 1 AND 8),
    created_ts timestamptz,
    modified_ts timestamptz,
    shot_ts timestamptz,
    shot_local timestamp,
    shot_offset_min smallint CHECK (shot_offset_min BETWEEN -1080 AND 1080),
    shot_tz text,
    shot_ts_source text,
    shot_ts_precision text CHECK (shot_ts_precision IN ('subsecond', 'second', 'minute', 'day', 'month', 'year')),
    shot_candidates jsonb NOT NULL DEFAULT '[]',
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    altitude double precision,
    place_city text,
    place_region text,
    place_country text,
    camera_make text,
    camera_model text,
    lens text,
    title text,
    caption text,
    keywords text[] NOT NULL DEFAULT '{}',
    rating smallint CHECK (rating BETWEEN -1 AND 5),
    exif jsonb,
    thumbhash bytea,
    faces_count integer NOT NULL DEFAULT 0,
    faces_detected_ts timestamptz,
    run_id uuid REFERENCES ingest_runs,
    added_ts timestamptz NOT NULL DEFAULT now(),
    missing_since timestamptz,
    deleted_ts timestamptz,
    sort_ts timestamp GENERATED ALWAYS AS (coalesce(shot_local, modified_ts AT TIME ZONE 'UTC', '0001-01-01'::timestamp)) STORED NOT NULL,
    -- ASCII punctuation by name: [[:punct:]] and [[:alnum:]] mean something else in every locale.
    search tsvector GENERATED ALWAYS AS (
      to_tsvector('simple', regexp_replace(
        coalesce(path, '') || ' ' || coalesce(title, '') || ' ' || coalesce(caption, '') || ' ' || photoorg_join(keywords) || ' ' ||
        coalesce(place_city, '') || ' ' || coalesce(place_region, '') || ' ' || coalesce(place_country, '') || ' ' ||
        coalesce(camera_make, '') || ' ' || coalesce(camera_model, '') || ' ' || coalesce(lens, ''),
        '[!-/:-@[-^{-~_\`]+', ' ', 'g'))
    ) STORED,
    UNIQUE (library_id, sha256),
    UNIQUE (library_id, photo_id)
  )`,
  `CREATE INDEX photos_by_shot ON photos (library_id, sort_ts DESC, photo_id DESC)`,
  `CREATE INDEX photos_search ON photos USING gin (search)`,

  `CREATE TABLE photo_files (
    file_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    photo_id uuid NOT NULL,
    root_id uuid NOT NULL REFERENCES roots,
    path_bytes bytea NOT NULL,
    path text NOT NULL,
    size bigint NOT NULL,
    mtime_ns bigint NOT NULL,
    inode numeric(20) NOT NULL,
    kind text NOT NULL DEFAULT 'original' CHECK (kind IN ('original', 'raw', 'live', 'sidecar')),
    seen_run uuid REFERENCES ingest_runs,
    missing_since timestamptz,
    created_ts timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (library_id, photo_id) REFERENCES photos (library_id, photo_id) ON DELETE CASCADE
  )`,
  `CREATE UNIQUE INDEX photo_files_by_path ON photo_files (root_id, sha256(path_bytes))`,
  `CREATE INDEX photo_files_by_photo ON photo_files (photo_id)`,

  `CREATE TABLE ingest_errors (
    error_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    run_id uuid NOT NULL REFERENCES ingest_runs,
    root_id uuid NOT NULL REFERENCES roots,
    path_bytes bytea NOT NULL,
    path text NOT NULL,
    size bigint,
    mtime_ns bigint,
    stage text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    retryable boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 1,
    created_ts timestamptz NOT NULL DEFAULT now(),
    last_ts timestamptz NOT NULL DEFAULT now(),
    resolved_ts timestamptz
  )`,
  `CREATE UNIQUE INDEX ingest_errors_by_path ON ingest_errors (root_id, sha256(path_bytes))`,

  // One space = model + weights + alignment + dimension (+ quantisation). A vector names its space and its dimension,
  // so a vector of the wrong dimension is refused by the foreign key and two spaces never meet in one query.
  `CREATE TABLE embedding_spaces (
    space_id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    model text NOT NULL,
    model_version text NOT NULL,
    weights_sha256 text NOT NULL,
    alignment text NOT NULL,
    dimension smallint NOT NULL CHECK (dimension BETWEEN 1 AND 16000),
    metric text NOT NULL DEFAULT 'l2' CHECK (metric IN ('l2')),
    quantisation text NOT NULL DEFAULT 'none',
    created_ts timestamptz NOT NULL DEFAULT now(),
    UNIQUE (space_id, dimension)
  )`,

  `CREATE TABLE faces (
    face_id uuid PRIMARY KEY,
    library_id uuid NOT NULL,
    photo_id uuid NOT NULL,
    bbox_x integer NOT NULL CHECK (bbox_x >= 0),
    bbox_y integer NOT NULL CHECK (bbox_y >= 0),
    bbox_w integer NOT NULL CHECK (bbox_w > 0),
    bbox_h integer NOT NULL CHECK (bbox_h > 0),
    landmarks jsonb,
    detector text NOT NULL,
    detector_score real,
    quality jsonb,
    bitmap bytea,
    source text NOT NULL DEFAULT 'detected' CHECK (source IN ('detected', 'manual', 'imported')),
    ignored boolean NOT NULL DEFAULT false,
    provenance jsonb NOT NULL DEFAULT '{}',
    run_id uuid REFERENCES ingest_runs,
    created_ts timestamptz NOT NULL DEFAULT now(),
    UNIQUE (photo_id, detector, bbox_x, bbox_y, bbox_w, bbox_h),
    UNIQUE (face_id, photo_id),
    UNIQUE (face_id, library_id),
    FOREIGN KEY (library_id, photo_id) REFERENCES photos (library_id, photo_id) ON DELETE CASCADE
  )`,

  // A narrow table of its own keeps exact scans cheap and lets a second space stand beside the first.
  `CREATE TABLE face_embeddings (
    face_id uuid NOT NULL,
    library_id uuid NOT NULL,
    space_id uuid NOT NULL,
    dimension smallint NOT NULL,
    embedding vector NOT NULL,
    created_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (face_id, space_id),
    FOREIGN KEY (face_id, library_id) REFERENCES faces (face_id, library_id) ON DELETE CASCADE,
    FOREIGN KEY (space_id, dimension) REFERENCES embedding_spaces (space_id, dimension),
    CHECK (vector_dims(embedding) = dimension)
  )`,
  `CREATE INDEX face_embeddings_by_space ON face_embeddings (space_id, library_id)`,

  `CREATE TABLE people (
    person_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
    aliases text[] NOT NULL DEFAULT '{}',
    birth_date date,
    hidden boolean NOT NULL DEFAULT false,
    cover_face_id uuid REFERENCES faces (face_id) ON DELETE SET NULL,
    merged_into uuid REFERENCES people (person_id) CHECK (merged_into <> person_id),
    created_ts timestamptz NOT NULL DEFAULT now(),
    UNIQUE (person_id, library_id)
  )`,
  `CREATE INDEX people_by_name ON people (library_id, lower(display_name))`,

  // The append-only journal. Faces and people are named without foreign keys: history outlives them.
  // before/after hold the full state of the event's subject, so undo swaps them and replay takes the last one.
  `CREATE TABLE identity_events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    library_id uuid NOT NULL REFERENCES libraries,
    batch_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('person_created', 'person_changed', 'person_merged', 'person_removed', 'label_set', 'label_cleared', 'person_rejected', 'rejection_cleared', 'face_ignored')),
    face_id uuid,
    person_id uuid,
    other_person_id uuid,
    actor text NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    confidence real CHECK (confidence BETWEEN 0 AND 1),
    provenance jsonb NOT NULL DEFAULT '{}',
    before jsonb,
    after jsonb,
    undoes uuid REFERENCES identity_events (event_id),
    created_ts timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX identity_events_by_face ON identity_events (face_id, seq)`,
  `CREATE INDEX identity_events_by_person ON identity_events (person_id, seq)`,
  `CREATE INDEX identity_events_by_other_person ON identity_events (other_person_id, seq) WHERE other_person_id IS NOT NULL`,
  `CREATE INDEX identity_events_by_batch ON identity_events (batch_id, seq)`,
  `CREATE INDEX identity_events_by_library ON identity_events (library_id, seq)`,
  `CREATE FUNCTION photoorg_refuse_change() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'identity_events is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation'; END $$`,
  `CREATE TRIGGER identity_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identity_events
    FOR EACH STATEMENT EXECUTE FUNCTION photoorg_refuse_change()`,

  // The current state, a projection of the journal. photo_id stands here so that the database itself keeps a person from
  // standing twice in one photo, unless a person said so (a mirror, a photo of a photo).
  `CREATE TABLE face_labels (
    face_id uuid PRIMARY KEY,
    library_id uuid NOT NULL,
    photo_id uuid NOT NULL,
    person_id uuid NOT NULL,
    label_source text NOT NULL CHECK (label_source IN ('human_confirmed', 'model_guess', 'imported')),
    confidence real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    same_photo_allowed boolean NOT NULL DEFAULT false,
    event_id uuid NOT NULL REFERENCES identity_events (event_id),
    created_ts timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (face_id, photo_id) REFERENCES faces (face_id, photo_id) ON DELETE CASCADE,
    FOREIGN KEY (person_id, library_id) REFERENCES people (person_id, library_id)
  )`,
  `CREATE UNIQUE INDEX face_labels_once_per_photo ON face_labels (photo_id, person_id) WHERE NOT same_photo_allowed`,
  `CREATE INDEX face_labels_by_person ON face_labels (person_id, label_source)`,

  `CREATE TABLE face_rejections (
    face_id uuid NOT NULL,
    person_id uuid NOT NULL,
    library_id uuid NOT NULL,
    event_id uuid NOT NULL REFERENCES identity_events (event_id),
    created_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (face_id, person_id),
    FOREIGN KEY (face_id, library_id) REFERENCES faces (face_id, library_id) ON DELETE CASCADE,
    FOREIGN KEY (person_id, library_id) REFERENCES people (person_id, library_id)
  )`,

  `CREATE TABLE idempotency_keys (
    library_id uuid NOT NULL REFERENCES libraries,
    scope text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 8 AND 255),
    fingerprint text NOT NULL,
    status smallint,
    headers jsonb,
    response text,
    created_ts timestamptz NOT NULL DEFAULT now(),
    expires_ts timestamptz NOT NULL,
    PRIMARY KEY (library_id, scope, key)
  )`,
];
