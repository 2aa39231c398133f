/**
 * A column type in the dialect's canonical spelling: `int4`, `varchar`, `numeric`, `timestamptz`, or the name of a
 * user-defined type. `args` are the type modifiers as written (`varchar(20)` -> [20]).
 */
export interface DataType {
  readonly schema?: string;
  readonly name: string;
  /** Not one that every database has: without a schema the search path finds it. */
  readonly own?: true;
  readonly args: readonly number[];
  /** Number of array dimensions; 0 for a scalar. */
  readonly array: number;
  /** As a person would write it: `character varying(20)`, `integer[]`. */
  readonly text: string;
}

export type Volatility = 'immutable' | 'stable' | 'volatile' | 'unknown';

/** A function that is called. */
export interface Call {
  readonly schema?: string;
  readonly name: string;
  /** How many arguments it is given, where that is known. */
  readonly count?: number;
  /** Of all its arguments, where casts say them. */
  readonly types?: readonly DataType[];
}

/** Functions and types that an expression, a query or a body names, without those that every database has. */
export interface Names {
  readonly calls: readonly Call[];
  readonly types: readonly { readonly schema?: string; readonly name: string }[];
}

/** Something in an expression that may give another value for the same row. */
export interface Changing {
  /** In a sentence: `to_char()`. */
  readonly what: string;
  /** The function that it calls. */
  readonly fn?: string;
  /** Which kind of thing it is, and so what to write instead. */
  readonly remedy: 'now' | 'zone' | 'text' | 'config' | 'concat' | 'own';
  /** It changes only where this column has one of the types; `enum`: any enum. */
  readonly column?: string;
  readonly types?: readonly string[];
}

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
  readonly names?: Names;
  /** Built-in functions and casts of it that are not immutable. */
  readonly changing?: readonly Changing[];
  /** What the names meant where it was made: keys of functions and types. Known of expressions in a catalog only. */
  readonly uses?: readonly string[];
}
