/** Writes the logs of the server and every output channel, as the native module would. */
export const spdlog = `'use strict';
const fs = require('fs'), path = require('path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
class Logger {
  constructor(name, file) { this.file = file; this.level = 2; this.plain = false; fs.mkdirSync(path.dirname(file), { recursive: true }); }
  write(level, message) {
    if (level < this.level) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    fs.appendFileSync(this.file, this.plain ? message : stamp + ' [' + names[level] + '] ' + message + '\\n');
  }
  trace(m) { this.write(0, m); } debug(m) { this.write(1, m); } info(m) { this.write(2, m); } warn(m) { this.write(3, m); } error(m) { this.write(4, m); } critical(m) { this.write(5, m); }
  getLevel() { return this.level; } setLevel(level) { this.level = level; } setPattern() {} clearFormatters() { this.plain = true; } flush() {} drop() {}
}
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger(name, file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
`;

/** Ends the process when its parent is gone. */
export const watchdog = `'use strict';
exports.start = (pid) => { const timer = setInterval(() => { try { process.kill(pid, 0); } catch { process.exit(87); } }, 1000); timer.unref(); };
exports.exit = (code) => process.exit(code);
`;
