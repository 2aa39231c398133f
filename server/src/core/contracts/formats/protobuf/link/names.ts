/** The name in JSON that protoc derives: `foo_bar` is `fooBar`. */
export function jsonName(name: string): string {
  return name.includes('_') ? name.replace(/_+(.?)/g, (_, next: string) => upper(next)) : name;
}

/** Of a map field `foo_bar` that of its message: `FooBarEntry`. */
export function entryName(field: string): string {
  return `${`_${field}`.replace(/_+(.?)/g, (_, next: string) => upper(next))}Entry`;
}

function upper(char: string): string {
  return char >= 'a' && char <= 'z' ? char.toUpperCase() : char;
}
