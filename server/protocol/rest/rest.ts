/**
 * What a REST route is: the table entry from which the server validates and documents it and the
 * client calls it. Each area has a file with its table (`auth-routes.ts`, `case-routes.ts`, …).
 */
import type { Static, TSchema } from 'typebox';

export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Fastify path with `:params`. */
  readonly path: string;
  /** One sentence for the OpenAPI page. */
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** JSON reply; left out where the reply is a file. */
  readonly reply?: TSchema;
  /** Accepts one uploaded file as multipart/form-data, of at most this many bytes. */
  readonly uploadMaxBytes?: number;
  /** Needs no session at all. */
  readonly isPublic?: boolean;
}

type Shape<S> = S extends TSchema ? Static<S> : undefined;
export type ParamsOf<R extends RestRoute> = Shape<R['params']>;
export type QueryOf<R extends RestRoute> = Shape<R['query']>;
export type BodyOf<R extends RestRoute> = Shape<R['body']>;
export type ReplyOf<R extends RestRoute> = Shape<R['reply']>;
