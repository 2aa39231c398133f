import type { ElementKind, SetPair, SetView } from './pair.ts';

/** A question to a side and its answer. It holds on to names only: what is remembered must not keep whole sets alive. */
export interface Asked {
  readonly side: (sides: SetPair) => SetView | undefined;
  readonly question: (view: SetView) => unknown;
  readonly answer: unknown;
}

export function stillHolds({ side, question, answer }: Asked, sides: SetPair): boolean {
  const view = side(sides);
  return view !== undefined && question(view) === answer;
}

/** The sides, with every question to them noted. */
export function watched({ before, after, earlier }: SetPair, asked: Asked[]): SetPair {
  return {
    before: watchedView(before, beforeOf, asked),
    after: watchedView(after, afterOf, asked),
    earlier: earlier.map(({ name, view }, at) => ({ name, view: watchedView(view, earlierAt(at), asked) })),
  };
}

function beforeOf({ before }: SetPair): SetView {
  return before;
}

function afterOf({ after }: SetPair): SetView {
  return after;
}

function earlierAt(at: number): Asked['side'] {
  return ({ earlier }) => earlier[at]?.view;
}

function watchedView(view: SetView, side: Asked['side'], asked: Asked[]): SetView {
  const ask = <Answer>(question: (view: SetView) => Answer): Answer => {
    const answer = question(view);
    asked.push({ side, question, answer });
    return answer;
  };
  return {
    file: (path) => ask(file(path)),
    message: (name) => ask(message(name)),
    enum: (name) => ask(enumNamed(name)),
    service: (name) => ask(service(name)),
    extension: (key) => ask(extension(key)),
    extensionIn: (name, nestedName) => ask(extensionIn(name, nestedName)),
    packageStart: (name) => ask(packageStart(name)),
    packageHas: (name, kind) => ask(packageHas(name, kind)),
  };
}

const file = (path: string) => (view: SetView) => view.file(path);
const message = (name: string) => (view: SetView) => view.message(name);
const enumNamed = (name: string) => (view: SetView) => view.enum(name);
const service = (name: string) => (view: SetView) => view.service(name);
const extension = (key: string) => (view: SetView) => view.extension(key);
const extensionIn = (name: string, nestedName: string) => (view: SetView) => view.extensionIn(name, nestedName);
const packageStart = (name: string) => (view: SetView) => view.packageStart(name);
const packageHas = (name: string, kind: ElementKind) => (view: SetView) => view.packageHas(name, kind);
