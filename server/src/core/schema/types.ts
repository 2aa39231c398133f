/**
 * A column type in the dialect's canonical spelling: `int4`, `varchar`, `numeric`, `timestamptz`, or the name of a
 * user-defined type. `args` are the type modifiers as written (`varchar(20)` -> [20]).
 */
export interface DataType {
  readonly schema?: string;
  readonly name: string;
  readonly args: readonly number[];
  /** Number of array dimensions; 0 for a scalar. */
  readonly array: number;
  /** As a person would write it: `character varying(20)`, `integer[]`. */
  readonly text: string;
}

export type Volatility = 'immutable' | 'stable' | 'volatile' | 'unknown';

/** An expression, kept as text with the facts that rules and impact need. */
export interface Expression {
  readonly text: string;
  readonly volatility: Volatility;
  /** A literal (after casts), `null` included. */
  readonly constant: boolean;
  readonly isNull: boolean;
  /** Unqualified columns and functions that it names, folded. */
  readonly columns: readonly string[];
  readonly functions: readonly string[];
  /** The sequence that it counts up, when it does so by name (`nextval('s')`). */
  readonly sequence?: { readonly schema?: string; readonly name: string };
  /** The column that it proves not to be null (`CHECK (c IS NOT NULL)`, also in an AND). */
  readonly provesNotNull: readonly string[];
}
