/** A part of the map, in degrees (WGS 84). `west` above `east` reaches across the 180th meridian. */
export interface GeoBox {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** Photos that lie together at a zoom of the map. */
export interface PlaceCluster {
  /** Degrees: the mean of the positions. */
  latitude: number;
  longitude: number;
  photos: number;
  /** In which all of them lie: what to zoom to. */
  area: GeoBox;
  /** The newest of them. */
  photoId: string;
}

export interface PhotoPlaces {
  /** Photos with a position, of all clusters. */
  total: number;
  /** Those of most photos first. */
  clusters: PlaceCluster[];
}
