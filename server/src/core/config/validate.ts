import type { ConfigProblem } from './config.ts';
import type { Located } from './document.ts';
import { nearest } from './nearest.ts';
import type { Shape } from './shape.ts';

/** Problems of a value against its form, each at the key or value that causes it. */
export function validate(value: Located, shape: Shape, path = ''): readonly ConfigProblem[] {
  switch (shape.kind) {
    case 'object':
      return value.kind === 'map' ? fields(value, shape, path) : wrong(value, 'an object with keys', path);
    case 'map':
      return value.kind === 'map'
        ? entries(value, shape, path)
        : wrong(value, `an object with one key per ${shape.keyWords}`, path);
    case 'list':
      return value.kind === 'list'
        ? value.items.flatMap((item, i) => validate(item, shape.item, `${path}[${i}]`))
        : wrong(value, 'a list', path);
    case 'integer':
      return integer(value, shape, path);
    case 'enum':
      return value.kind === 'scalar' && shape.values.includes(String(value.value))
        ? []
        : oneOf(value, shape.values, path);
    case 'string':
      return text(value, shape, path);
    default: {
      const never: never = shape;
      return never;
    }
  }
}

type MapValue = Extract<Located, { kind: 'map' }>;

function fields(value: MapValue, shape: Extract<Shape, { kind: 'object' }>, path: string): readonly ConfigProblem[] {
  const missing = (shape.required ?? []).filter((key) => !value.entries.some((entry) => entry.key === key));
  return [
    ...missing.map((key) =>
      problem('wrong-value', value.span, `${path === '' ? 'This' : path} needs ${key}.`, 'warning'),
    ),
    ...value.entries.flatMap(({ key, keySpan, value: inner }) => {
      const field = shape.fields[key];
      if (field === undefined || !Object.hasOwn(shape.fields, key)) return [stranger(key, keySpan, shape)];
      return isNothing(inner) ? [] : validate(inner, field, path === '' ? key : `${path}.${key}`);
    }),
  ];
}

function stranger(key: string, span: ConfigProblem['span'], shape: Extract<Shape, { kind: 'object' }>): ConfigProblem {
  const words = shape.stranger?.(key);
  return words === undefined
    ? unknownKey(key, span, Object.keys(shape.fields))
    : problem('unknown-key', span, words, 'warning');
}

function entries(value: MapValue, shape: Extract<Shape, { kind: 'map' }>, path: string): readonly ConfigProblem[] {
  const known = shape.keys?.();
  return value.entries.flatMap(({ key, keySpan, value: inner }) => [
    ...(known === undefined || known.includes(key) ? [] : [unknownKey(key, keySpan, known)]),
    ...(isNothing(inner) ? [] : validate(inner, shape.value, `${path}.${key}`)),
  ]);
}

/** A key whose value is not written yet: somebody is typing. */
function isNothing(value: Located): boolean {
  return value.kind === 'scalar' && value.value === null;
}

function unknownKey(key: string, span: ConfigProblem['span'], known: readonly string[]): ConfigProblem {
  const meant = nearest(key, known);
  return problem(
    'unknown-key',
    span,
    `${key} is not known here.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    'warning',
  );
}

function integer(
  value: Located,
  { min, max }: Extract<Shape, { kind: 'integer' }>,
  path: string,
): readonly ConfigProblem[] {
  const number = value.kind === 'scalar' ? Number(value.value) : Number.NaN;
  if (Number.isInteger(number) && number >= min && number <= max) return [];
  return wrong(value, min === max ? String(min) : `a whole number from ${min} to ${max}`, path);
}

function oneOf(value: Located, values: readonly string[], path: string): readonly ConfigProblem[] {
  const meant = value.kind === 'scalar' ? nearest(String(value.value), values) : undefined;
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return [problem('wrong-value', value.span, `${path} is one of ${values.join(', ')}.${hint}`, 'error')];
}

function text(value: Located, shape: Extract<Shape, { kind: 'string' }>, path: string): readonly ConfigProblem[] {
  if (value.kind !== 'scalar' || value.value === null) return wrong(value, 'text', path);
  const matches = shape.pattern === undefined || shape.pattern.test(String(value.value));
  return matches ? [] : wrong(value, shape.patternWords ?? 'text of another form', path);
}

function wrong(value: Located, expected: string, path: string): readonly ConfigProblem[] {
  return [problem('wrong-type', value.span, `${path === '' ? 'The file' : path} is ${expected}.`, 'error')];
}

export function problem(
  kind: ConfigProblem['kind'],
  span: ConfigProblem['span'],
  message: string,
  severity: ConfigProblem['severity'],
): ConfigProblem {
  return { kind, span, message, severity };
}
