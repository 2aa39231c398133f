const compiled = new Map<string, RegExp>();

/** `**` any folders, `*` within one, `?` one character, `{a,b}`; a pattern that ends in `/` means everything below. */
export function globMatches(glob: string, path: string): boolean {
  const known = compiled.get(glob) ?? compile(glob);
  compiled.set(glob, known);
  return known.test(path);
}

function compile(glob: string): RegExp {
  const pattern = (glob.endsWith('/') ? `${glob}**` : glob).replace(/^\.\//, '');
  let source = '';
  let braces = 0;
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i] ?? '';
    if (pattern.startsWith('**/', i)) [source, i] = [`${source}(?:.*/)?`, i + 2];
    else if (pattern.startsWith('**', i)) [source, i] = [`${source}.*`, i + 1];
    else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '{') [source, braces] = [`${source}(?:`, braces + 1];
    else if (char === '}' && braces > 0) [source, braces] = [`${source})`, braces - 1];
    else if (char === ',' && braces > 0) source += '|';
    else source += char.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
  }
  return new RegExp(`^${source}${')'.repeat(braces)}$`);
}
