/** The settings section `schemaward` as the server asks for it (`workspace/configuration`). */
export interface Settings {
  readonly enable: boolean;
  /** Lock of each statement as an inlay hint. */
  readonly lockHints: boolean;
  /** Which target findings are computed for; over schemaward.yaml. */
  readonly lintTarget: string;
  readonly dialect: string;
  readonly targetVersion: number;
}

export const defaultSettings: Settings = {
  enable: true,
  lockHints: false,
  lintTarget: '',
  dialect: '',
  targetVersion: 0,
};
