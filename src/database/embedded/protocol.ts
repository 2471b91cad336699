/** What the main thread asks of PGlite's thread. `protocol` carries whole PostgreSQL wire messages. */
export type Request =
  | { readonly id: number; readonly kind: 'protocol'; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly id: number;
      readonly kind: 'copy';
      readonly target: string;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly id: number; readonly kind: 'close' };

/** The answer to the request of the same id; id 0 says that the database is open. */
export interface Reply {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly rows?: number;
  readonly error?: {
    readonly message: string;
    readonly code?: string | undefined;
    readonly detail?: string | undefined;
    readonly constraint?: string | undefined;
    readonly where?: string | undefined;
  };
}

/** `Omit` over each member of a union. */
export type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;
