/** Types that extensions bring: dropped with CASCADE, an extension takes every column of them along. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  citext: ['citext'],
  cube: ['cube'],
  hstore: ['hstore'],
  intarray: ['query_int'],
  isn: ['ean13', 'isbn', 'isbn13', 'ismn', 'ismn13', 'issn', 'issn13', 'upc'],
  ltree: ['ltree', 'lquery', 'ltxtquery'],
  pgvector: ['vector', 'halfvec', 'sparsevec'],
  postgis: ['geometry', 'geography', 'box2d', 'box3d'],
  postgis_raster: ['raster'],
  seg: ['seg'],
  vector: ['vector', 'halfvec', 'sparsevec'],
};

export function typesOfExtension(name: string): readonly string[] {
  return TYPES[name] ?? [];
}
