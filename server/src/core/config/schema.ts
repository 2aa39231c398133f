import { rules } from '../rules/index.ts';
import { configShape, toJsonSchema } from './shape.ts';

export const shape = configShape(rules);

/** JSON schema of schemaward.yaml, contributed by the extension and published beside it. */
export function configSchema(): unknown {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'schemaward.yaml', ...toJsonSchema(shape) };
}
