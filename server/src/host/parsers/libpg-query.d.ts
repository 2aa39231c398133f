declare module 'libpg-query/wasm/libpg-query.js' {
  /** What the glue of libpg-query 18.1.5 exports, as far as it is used here. */
  export interface LibPgQuery {
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, bytes: number): void;
    UTF8ToString(pointer: number): string;
    getValue(pointer: number, type: 'i32'): number;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(query: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_parse_plpgsql(query: number): number;
    _wasm_free_string(text: number): void;
  }
  const load: (options: object) => Promise<LibPgQuery>;
  // biome-ignore lint/style/noDefaultExport: the module has no other
  export default load;
}
