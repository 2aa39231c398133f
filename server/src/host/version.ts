import manifest from '../../../package.json' with { type: 'json' };

/** One version for extension, server and command line. */
export const version: string = manifest.version;
