/** Messages of related places that many rules use. */
export const sharedMessages: Readonly<Record<string, string>> = {
  'made-here': '{object} was made here.',
  'other-file': 'The other file: {file}.',
  'added-here': '{object} is added here.',
  'differs-here': '{words}.',
  'first-here': '{object} is locked here first.',
};
