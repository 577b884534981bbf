import type { PhotoDetailResource } from '@photoorg/example-api/schemas';
import type { ReactNode } from 'react';
import {
  describePictureError,
  formatExposure,
  formatFileSize,
  formatMegapixels,
  formatPlace,
  formatPosition,
} from './format-facts.ts';
import { formatShotSource, formatShotTime, formatShotZone, isFileDate } from './format-shot-time.ts';

/** What the library read about a photo, and where each time comes from. */
export function PhotoFacts({ photo }: { photo: PhotoDetailResource }) {
  const camera = [photo.cameraMake, photo.cameraModel].filter(Boolean).join(' ');
  const exposure = formatExposure(photo.exposure);
  const place = formatPlace(photo);
  const position = formatPosition(photo);
  const shotTime = formatShotTime(photo);
  return (
    <section aria-labelledby="photo-facts">
      <h2 id="photo-facts" className="mb-3 font-semibold text-lg">
        About this photo
      </h2>
      <dl className="grid gap-3">
        <Fact name="Taken">
          {isFileDate(photo) && 'Perhaps '}
          {shotTime ?? 'Unknown'}
          {shotTime && <Small>{formatShotZone(photo)}</Small>}
          <Small>{formatShotSource(photo.shotSource)}</Small>
        </Fact>
        {photo.title && <Fact name="Title">{photo.title}</Fact>}
        {photo.caption && <Fact name="Caption">{photo.caption}</Fact>}
        {camera && (
          <Fact name="Camera">
            {camera}
            {photo.lens && <Small>{photo.lens}</Small>}
          </Fact>
        )}
        {exposure && <Fact name="Exposure">{exposure}</Fact>}
        {position && (
          <Fact name="Place">
            {place ?? position}
            {place && <Small>{position}</Small>}
            {place && <PlaceCredit />}
          </Fact>
        )}
        {photo.keywords.length > 0 && <Fact name="Keywords">{photo.keywords.join(', ')}</Fact>}
        {photo.peopleShown.length > 0 && (
          <Fact name="Named in its files">{[...new Set(photo.peopleShown.map(({ name }) => name))].join(', ')}</Fact>
        )}
        {photo.rating !== null && <Fact name="Rating">{photo.rating} of 5</Fact>}
        <Fact name="Picture">
          {photo.width} × {photo.height}
          <Small>
            {formatMegapixels(photo)}, {photo.ext.replace('.', '').toUpperCase()}, {formatFileSize(photo.filesize)}
          </Small>
          {photo.pictureError && <Small>{describePictureError(photo.pictureError)}</Small>}
        </Fact>
        <Fact name={photo.files.length > 1 ? 'Files' : 'File'}>
          {photo.files.map((file) => (
            <span key={file.fileId} className="block break-all">
              {file.root}/{file.path}
              {file.missingSince && <Small>not found when its folder was last read</Small>}
            </span>
          ))}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-3">
      <dt className="text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

/** The licence of the names asks for it. */
function PlaceCredit() {
  return (
    <a
      href="https://www.geonames.org"
      rel="noreferrer"
      target="_blank"
      className="inline-flex min-h-11 items-center text-muted text-sm underline underline-offset-4"
    >
      Place names: GeoNames, CC BY 4.0
    </a>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block text-muted text-sm">{children}</span>;
}
