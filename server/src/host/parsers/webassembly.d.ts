/** The part of WebAssembly's API that is used here: its types stand only in the DOM library, which is not ours. */
declare namespace WebAssembly {
  interface Module {
    readonly brand: 'WebAssembly.Module';
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
