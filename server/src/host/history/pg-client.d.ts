declare module 'pg/lib/client.js' {
  /** `pg` itself loads a pool and the native client as well, which nothing here uses. */
  // biome-ignore lint/style/noDefaultExport: the module has no other
  export { Client as default } from 'pg';
}
