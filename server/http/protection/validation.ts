import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';
import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';

/**
 * Closes every object schema that does not say otherwise, so that an unknown field is refused wherever it
 * stands and not silently dropped. TypeBox keeps its `~kind` in a hidden property: descriptors are copied.
 */
export function closeObjects<T extends TSchema>(schema: T): T {
  return closeNode(schema) as T;
}

function closeNode(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closeNode);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.create(Object.getPrototypeOf(node), Object.getOwnPropertyDescriptors(node)) as Record<
    string,
    unknown
  >;
  for (const key of Object.keys(copy)) {
    // `default`, `const` and `enum` hold values, not schemas.
    if (key !== 'default' && key !== 'const' && key !== 'enum') copy[key] = closeNode(copy[key]);
  }
  if (copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy)) {
    copy['additionalProperties'] = false;
  }
  return copy;
}

/**
 * Compiles a schema for one part of the request. Parameters and query arrive as text and are converted and
 * given their defaults; a body is taken as it is.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(closeObjects(schema));
  const isText = httpPart !== 'body';
  return (input: unknown) => {
    const value = isText ? validator.Convert(validator.Default({ ...(input as object) })) : input;
    if (validator.Check(value)) return { value };
    const first = validator.Errors(value)[0];
    // Names of unknown fields are the sender's words and stay out of the answer.
    const isUnknownField = first?.keyword === 'boolean' || first?.keyword === 'additionalProperties';
    const where = isUnknownField ? 'unknown field' : (first?.instancePath ?? '');
    return { error: new Error(`${httpPart ?? 'request'}${isUnknownField ? ': ' : ''}${where}`) };
  };
};

/**
 * Writes a reply by its schema: fields beyond it are left out, so that a document handed through by mistake
 * cannot leak what the contract does not name.
 */
export const compileSerializer: FastifySerializerCompiler<TSchema> = ({ schema }) => {
  const validator = Compile(closeObjects(schema));
  return (reply: unknown) => JSON.stringify(validator.Clean(JSON.parse(JSON.stringify(reply))));
};
