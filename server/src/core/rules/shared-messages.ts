/** Messages of related places that many rules use. */
export const sharedMessages: Readonly<Record<string, string>> = {
  'was-here': 'It stood here.',
  'made-here': '{object} was made here.',
  'other-file': 'The other file: {file}.',
  'added-here': '{object} is added here.',
  'differs-here': '{words}.',
  'first-here': '{object} is locked here first.',
  'waits-too': 'They wait for {object} as well.',
  'same-too': 'The same goes for {object}.',
  'objects-too': 'The same goes for {objects}.',
  'rewrites-too': 'It rewrites {table} under {lock} as well: {waits} waits until it ends.',
  'rewrites-by-zone-too':
    "Where that is not UTC, it rewrites {table} under {lock} as well: {waits} waits until it ends. With SET LOCAL TimeZone = 'UTC' nothing is rewritten.",
  'rebuilds-too': 'It rebuilds indexes of {table} under {lock} as well: {waits} waits until it ends.',
  'keys-too': 'It builds the primary key under that lock as well: build its index CONCURRENTLY behind the batches.',
  'scans-too': 'It reads every row of {table} under {lock} as well: {waits} waits until it ends.',
  'size-scan': '{table} {size}: a full scan reads {read}, about {time} at 100 MB a second{writes}.',
  'size-build': '{table} {size}: the build reads {read}, about {time} at 100 MB a second{writes}.',
  'size-rewrite':
    '{table} {size}: a rewrite reads and writes {read} and builds {indexes} of indexes, about {time} at 100 MB a second{writes}.',
};
