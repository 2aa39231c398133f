import { contractFormats } from '../contracts/formats/index.ts';
import { tools } from '../migrations/tools/index.ts';
import { allRules as rules } from '../rules/index.ts';
import { createDialects } from '../sql/dialects/index.ts';
import { configShape, toJsonSchema } from './shape.ts';

export const shape = configShape({
  rules,
  tools: tools.map(({ id }) => id),
  formats: contractFormats.map(({ id, displayName, profiles }) => ({
    id,
    displayName,
    profiles: profiles.map(({ name }) => name),
  })),
  dialects: [...createDialects({}).keys()],
});

/** JSON schema of schemaward.yaml, contributed by the extension and published beside it. */
export function configSchema(): unknown {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'schemaward.yaml', ...toJsonSchema(shape) };
}
