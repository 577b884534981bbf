import { useMemo } from 'react';
import { thumbHashToDataURL } from 'thumbhash';

/** The blurred colours of a photo, drawn from the few bytes that came with the list, until the picture is there. */
export function PhotoPlaceholder({ thumbhash }: { thumbhash: string | null }) {
  const source = useMemo(() => thumbhash && thumbHashToDataURL(bytesOf(thumbhash)), [thumbhash]);
  return source ? <img src={source} alt="" className="absolute inset-0 h-full w-full object-cover" /> : null;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
