import type { FieldDescriptor } from '../../descriptor.ts';
import { bufRule } from '../rule.ts';
import { both, optionSpan } from '../spots.ts';
import { is64BitInteger } from './kinds.ts';
import { isInMapEntries } from './map-entries.ts';

const order = (field: string, file = ''): string => `syntax = "proto3";\n${file}message Order {\n  ${field}\n}\n`;

export const fieldSameJstype = bufRule('FIELD_SAME_JSTYPE', ['FILE', 'PACKAGE'], {
  on: 'field',
  severity: 'warning',
  summary: 'A 64-bit field keeps its type in JavaScript.',
  messages: {
    changed:
      'jstype of field {number} ("{field}") changes from {before} to {after}: JavaScript code gets another type for it. Bytes and JSON stay as they are. Keep it.',
  },
  explanation: `\`jstype\` says whether generated JavaScript has a 64-bit integer as a number (which loses digits beyond 2^53) or as a string. Messages do not change.`,
  examples: [
    {
      title: 'The type changes',
      before: order('int64 id = 1 [jstype = JS_STRING];'),
      after: order('int64 id = 1 [jstype = JS_NUMBER];'),
      fires: true,
    },
    {
      title: 'The default is written',
      before: order('int64 id = 1;'),
      after: order('int64 id = 1 [jstype = JS_NORMAL];'),
      fires: false,
    },
  ],
  *check(pair) {
    const [before, after] = [
      identifier(pair.before, 'jstype') ?? 'JS_NORMAL',
      identifier(pair.after, 'jstype') ?? 'JS_NORMAL',
    ];
    if (!is64BitInteger(pair.before) || !is64BitInteger(pair.after) || before === after) return;
    yield {
      ...both(pair, (field) => optionSpan(field, 'jstype') ?? field.span),
      messageId: 'changed',
      args: { number: pair.after.number, field: pair.after.name, before, after },
      object: pair.before.fullName,
    };
  },
});

export const fieldSameCppStringType = bufRule('FIELD_SAME_CPP_STRING_TYPE', ['FILE', 'PACKAGE'], {
  on: 'field',
  severity: 'warning',
  summary: 'A text or bytes field keeps its type in C++.',
  messages: {
    changed:
      'The C++ type of field {number} ("{field}") changes from {before} to {after}: accessors have other signatures, and C++ that uses them may not compile. Bytes and JSON stay as they are. Keep it.',
  },
  explanation: `\`ctype\`, and \`features.(pb.cpp).string_type\` from edition 2023 on, choose between \`std::string\`, \`absl::Cord\` and \`absl::string_view\` in generated C++.
Edition 2024 makes \`VIEW\` the default. \`STRING_PIECE\` was never implemented outside of Google, so leaving it for \`STRING\` is not reported.`,
  examples: [
    {
      title: 'A string becomes a cord',
      before: order('string note = 1;'),
      after: order('string note = 1 [ctype = CORD];'),
      fires: true,
    },
  ],
  *check(pair) {
    if (isInMapEntries(pair) || !isText(pair.before) || !isText(pair.after)) return;
    const [before, after] = [cppStringType(pair.before), cppStringType(pair.after)];
    if (before === after || (before === 'STRING_PIECE' && after === 'STRING')) return;
    yield {
      ...both(
        pair,
        (field) => optionSpan(field, 'ctype') ?? featureSpan(field, '(pb.cpp)', 'string_type') ?? field.span,
      ),
      messageId: 'changed',
      args: { number: pair.after.number, field: pair.after.name, before, after },
      object: pair.before.fullName,
    };
  },
});

const utf8 = `A \`string\` is UTF-8 by contract. With \`VERIFY\` (proto3 and editions) parsers refuse a whole message whose string is not, for example \`0A 01 FF\`; with
\`NONE\` (proto2) they let it through. Where the check appears, bytes that an old writer still sends, or that lie in storage, become errors. Where it
goes, bad text reaches code that never had to expect it.`;

export const fieldSameUtf8Validation = bufRule('FIELD_SAME_UTF8_VALIDATION', ['FILE', 'PACKAGE'], {
  on: 'field',
  severity: 'error',
  summary: 'A string field keeps its check for UTF-8.',
  messages: {
    changed:
      'The UTF-8 check of field {number} ("{field}") changes from {before} to {after}: {effect}. Keep it with features.utf8_validation = {before}.',
  },
  explanation: utf8,
  examples: [
    {
      title: 'The check goes',
      before: 'edition = "2023";\nmessage Order { string note = 1; }\n',
      after: 'edition = "2023";\nmessage Order { string note = 1 [features.utf8_validation = NONE]; }\n',
      fires: true,
    },
  ],
  *check(pair) {
    const [before, after] = [pair.before.features.utf8Validation, pair.after.features.utf8Validation];
    if (pair.before.kind !== 'string' || pair.after.kind !== 'string' || before === after) return;
    yield {
      ...both(pair, (field) => optionSpan(field, 'features.utf8_validation') ?? field.span),
      messageId: 'changed',
      args: { number: pair.after.number, field: pair.after.name, before, after, effect: effectOf(after) },
      object: pair.before.fullName,
    };
  },
});

export const fieldSameJavaUtf8Validation = bufRule('FIELD_SAME_JAVA_UTF8_VALIDATION', ['FILE', 'PACKAGE'], {
  on: 'field',
  severity: 'error',
  summary: 'A string field keeps its check for UTF-8 in Java.',
  messages: {
    changed:
      'The UTF-8 check of field {number} ("{field}") in Java changes from {before} to {after}: in Java, {effect}. Keep it with java_string_check_utf8 or features.(pb.java).utf8_validation.',
  },
  explanation: `${utf8} \`java_string_check_utf8\` (a file option) and \`features.(pb.java).utf8_validation\` set the check for Java alone.`,
  examples: [
    {
      title: 'Java begins to check',
      before: 'syntax = "proto2";\nmessage Order { optional string note = 1; }\n',
      after: 'syntax = "proto2";\noption java_string_check_utf8 = true;\nmessage Order { optional string note = 1; }\n',
      fires: true,
    },
  ],
  *check(pair) {
    if (pair.before.kind !== 'string' || pair.after.kind !== 'string') return;
    const [before, after] = [javaUtf8(pair.before), javaUtf8(pair.after)];
    if (before === after) return;
    yield {
      ...both(
        pair,
        (field) =>
          optionSpan(field.file, 'java_string_check_utf8') ??
          featureSpan(field, '(pb.java)', 'utf8_validation') ??
          field.span,
      ),
      messageId: 'changed',
      args: { number: pair.after.number, field: pair.after.name, before, after, effect: effectOf(after) },
      object: pair.before.fullName,
    };
  },
});

/** A feature of a language, where the field sets it; else what of `features` it sets around it. */
function featureSpan(field: FieldDescriptor, language: string, name: string) {
  return optionSpan(field, `features.${language}.${name}`, `features.${language}`, 'features');
}

function effectOf(after: 'VERIFY' | 'NONE'): string {
  return after === 'VERIFY'
    ? 'new readers refuse messages whose text is not UTF-8, which old writers may send and storage may hold'
    : 'new readers let text through that is not UTF-8';
}

function javaUtf8({ file, features }: FieldDescriptor): 'VERIFY' | 'NONE' {
  const checked = identifier(file, 'java_string_check_utf8');
  if (file.syntax !== 'editions' || checked !== undefined)
    return checked === 'true' ? 'VERIFY' : features.utf8Validation;
  return features.javaUtf8Validation === 'VERIFY' ? 'VERIFY' : features.utf8Validation;
}

function isText({ kind }: FieldDescriptor): boolean {
  return kind === 'string' || kind === 'bytes';
}

/** `ctype` is no option any more from edition 2024 on. */
function cppStringType(field: FieldDescriptor): string {
  const { file, features } = field;
  const modern = file.syntax === 'editions' && Number(file.edition) >= 2024;
  const ctype = modern ? undefined : identifier(field, 'ctype');
  return ctype ?? features.cppStringType ?? (modern ? 'VIEW' : 'STRING');
}

function identifier({ options }: Pick<FieldDescriptor, 'options'>, name: string): string | undefined {
  const value = options.get(name)?.value;
  return value?.kind === 'identifier' ? value.value : undefined;
}
