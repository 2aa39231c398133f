import type { Declared } from './outline.ts';
import { qualified } from './outline.ts';
import type { Rows } from './rows.ts';

/** All declarations of a set by full name. */
export type Declarations = Rows<Declared>;

export type Found =
  | { readonly kind: 'found'; readonly declared: Declared }
  /** The beginning of the name is something, and the rest is not in it. */
  | { readonly kind: 'hidden'; readonly by: string }
  | { readonly kind: 'missing' };

/** What one file sees: itself, its imports, and what they import publicly. Remembers which names it was asked for. */
export class Scope {
  /** Names whose declarations the answers depend on; few ask which values an enum has (`valuesOf`). */
  readonly asked = new Set<string>();
  private readonly declarations: Declarations;
  private readonly sees: ReadonlySet<string>;
  private readonly packages: ReadonlySet<string>;
  /** Answers within one scope: names of one message are asked for together. */
  private answers = new Map<string, Found>();
  private within = '';

  /** @param visible packages of what the file sees */
  constructor(declarations: Declarations, visible: Iterable<string | undefined>, sees: ReadonlySet<string>) {
    this.declarations = declarations;
    this.sees = sees;
    const packages = new Set<string>();
    for (const shown of visible)
      for (let name = shown ?? ''; name !== '' && !packages.has(name); name = parentOf(name)) packages.add(name);
    this.packages = packages;
  }

  /** The declaration of a full name, as far as this file sees it. */
  get(name: string): Declared | undefined {
    // A name that exists is kept once, as its declaration has it.
    this.asked.add(this.declarations.first.get(name)?.name ?? name);
    return seenAs(this.declarations, this.sees, name);
  }

  /** The values of an enum are asked for. */
  values(name: string): void {
    this.asked.add(valuesOf(name));
  }

  /**
   * Resolves a type's name as written in the scope `within`: the innermost scope that has its first word decides. Something else than a
   * type is passed over where the name is a single word.
   */
  resolve(name: string, within: string, accepts: Accepts = isType): Found {
    if (within !== this.within) {
      this.answers = new Map();
      this.within = within;
    }
    const key = accepts === isType ? name : `${accepts === isExtension ? 'extension' : 'anything'} ${name}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const found = name.startsWith('.') ? this.absolute(name.slice(1)) : this.relative(name, within, accepts);
    this.answers.set(key, found);
    return found;
  }

  private absolute(name: string): Found {
    const declared = this.get(name);
    return declared === undefined ? { kind: 'missing' } : { kind: 'found', declared };
  }

  private relative(name: string, within: string, accepts: Accepts): Found {
    const dot = name.indexOf('.');
    const first = dot === -1 ? name : name.slice(0, dot);
    let guess: Declared | undefined;
    for (let scope = within; ; scope = parentOf(scope)) {
      const candidate = qualified(scope, first);
      const declared = this.get(candidate);
      if (dot === -1) {
        if (declared !== undefined && accepts(declared)) return { kind: 'found', declared };
        guess ??= declared;
      } else if (declared === undefined ? this.packages.has(candidate) : hasMembers(declared)) {
        const whole = this.get(qualified(scope, name));
        if (whole !== undefined) return { kind: 'found', declared: whole };
        return { kind: 'hidden', by: candidate };
      }
      if (scope === '') break;
    }
    return guess === undefined ? { kind: 'missing' } : { kind: 'found', declared: guess };
  }
}

type Accepts = typeof isType | typeof isExtension | typeof isAnything;

/** The declaration of a full name among those that a file sees. */
export function seenAs(declarations: Declarations, sees: ReadonlySet<string>, name: string): Declared | undefined {
  const first = declarations.first.get(name);
  if (first === undefined || sees.has(first.outline.path)) return first;
  return declarations.several.get(name)?.find(({ outline }) => sees.has(outline.path));
}

/** Stands for the names of an enum's values; no declaration is called so. */
export function valuesOf(name: string): string {
  return `${name} values`;
}

export function isType({ kind }: Declared): boolean {
  return kind === 'message' || kind === 'enum' || kind === 'entry';
}

export function isExtension({ kind }: Declared): boolean {
  return kind === 'extension';
}

/** What a method takes and what is extended: there the innermost name is meant, whatever it is. */
export function isAnything(_: Declared): boolean {
  return true;
}

function hasMembers({ kind }: Declared): boolean {
  return isType({ kind } as Declared) || kind === 'service';
}

function parentOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(0, dot);
}
