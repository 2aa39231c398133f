/** A custom request or notification: its name, with the types of what goes and what comes back. */
export interface Method<Params, Result> {
  readonly method: `schemaward/${string}`;
  readonly types?: { readonly params: Params; readonly result: Result };
}
