/** The name in JSON that protoc derives: `foo_bar` is `fooBar`. */
export function jsonName(name: string): string {
  if (!name.includes('_')) return name;
  let json = '';
  let upper = false;
  for (const char of name) {
    if (char === '_') upper = true;
    else {
      json += upper && char >= 'a' && char <= 'z' ? char.toUpperCase() : char;
      upper = false;
    }
  }
  return json;
}
