import { isNamed } from '../evidence/evidence-rules.ts';
import type { FaceFacts } from '../evidence/face-facts.ts';
import { Bonds } from './bonds.ts';
import type { FacesToGroup } from './faces-to-group.ts';

/** What somebody said of the faces: names first, then who was said to be one person without a name. */
export function saidBonds({ faces, withoutVector, linked, apart }: FacesToGroup): Bonds {
  const bonds = new Bonds(faces, (face) => (isNamed(face) ? face.personId : null), apart);
  const first = new Map<string, number>();
  for (const [place, face] of faces.entries()) {
    if (!isNamed(face)) continue;
    const other = first.get(face.personId!);
    if (other === undefined) first.set(face.personId!, place);
    else bonds.join(other, place);
  }
  for (const { personId, photoId } of withoutVector) {
    const place = first.get(personId!);
    if (place !== undefined) bonds.standsIn(place, photoId);
  }
  for (const [a, b] of linked) if (bonds.mayJoin(a, b)) bonds.join(a, b);
  return bonds;
}

interface KeptPart {
  /** Places, ascending. */
  readonly faces: readonly number[];
  readonly logCrowding: number;
}

/**
 * What stood together and still may, by part; and the faces that stand alone now. In a group that was said to hold two people, most
 * stay with the one of whom there are more named faces.
 */
export function keptTogether({ faces, former }: FacesToGroup, bonds: Bonds): { kept: KeptPart[]; loose: number[] } {
  const kept: KeptPart[] = [];
  const stood = Map.groupBy(faces.keys(), (place) => former(place)?.groupId ?? null);
  const loose = stood.get(null) ?? [];
  for (const [groupId, places] of stood) {
    if (groupId === null) continue;
    const [first, ...others] = byName(places, faces);
    const staying = [first!];
    for (const place of others) {
      if (bonds.rootOf(place) !== bonds.rootOf(first!)) {
        if (!bonds.mayJoin(place, first!)) {
          loose.push(place);
          continue;
        }
        bonds.join(place, first!);
      }
      staying.push(place);
    }
    for (const part of Map.groupBy(staying, (place) => former(place)!.part).values()) {
      const sum = part.reduce((total, place) => total + former(place)!.logCrowding, 0);
      kept.push({ faces: part.sort((a, b) => a - b), logCrowding: sum / part.length });
    }
  }
  return { kept, loose: loose.sort((a, b) => a - b) };
}

/** The faces of the person with the most named faces first, then those of others, then the rest; by place within each. */
function byName(places: readonly number[], faces: readonly FaceFacts[]): number[] {
  const named = Map.groupBy(
    places.filter((place) => isNamed(faces[place]!)),
    (place) => faces[place]!.personId!,
  );
  const people = [...named.values()].sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  const rest = places.filter((place) => !isNamed(faces[place]!));
  return [...people.flat(), ...rest];
}
