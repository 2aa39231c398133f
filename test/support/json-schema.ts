import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';

const require = createRequire(import.meta.url);

/** File of the schema of a document that a command writes. */
export const jsonSchema = (name: string) => resolve(import.meta.dirname, `../../docs/json/${name}.schema.json`);

export const sarifSchema = join(
  require.resolve('@microsoft/jest-sarif/package.json'),
  '../lib/schemas/sarif-2.1.0-rtm.5.json',
);

/** Problems of a document against a JSON schema; empty when it is valid. */
export function problemsOf(schemaFile: string, document: unknown): unknown {
  const ajv = new Ajv({ schemaId: 'auto', unknownFormats: 'ignore', allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json') as object);
  if (schemaFile !== jsonSchema('check')) ajv.addSchema(readJson(jsonSchema('check')), 'check.schema.json');
  return ajv.validate(readJson(schemaFile), document) === true ? [] : ajv.errors;
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}
