export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly [key: string]: unknown;
}

export interface RecordingLogger {
  readonly lines: LogLine[];
  debug(message: unknown, ...more: unknown[]): void;
  info(message: unknown, ...more: unknown[]): void;
  warn(message: unknown, ...more: unknown[]): void;
  error(message: unknown, ...more: unknown[]): void;
  addContext(context: unknown): void;
}

/** A logger for the kit's entries that keeps its lines; what is given as objects becomes fields. */
export function recordingLogger(): RecordingLogger {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (message: unknown, ...more: unknown[]) => {
      lines.push(Object.assign({ level, message: String(message) }, ...more));
    };
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    addContext: () => undefined,
  };
}
