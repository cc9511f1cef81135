import { LocalCloudError } from './errors.js';

/** pip's words for "the connection, not the package, is the trouble". */
const unreachable =
  /NewConnectionError|Failed to establish a new connection|name resolution|Name or service not known|nodename nor servname|Connection refused|Connection reset|RemoteDisconnected|ProtocolError|ConnectTimeout|Read timed out|ReadTimeout|ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|HTTP error 5\d\d|5\d\d (Server|Client) Error|too many 5\d\d error/i;
const diskFull = /No space left on device|Disk quota exceeded|Errno 28|Errno 122/i;
const tampered = /DO NOT MATCH THE HASHES/;
const missing = /No matching distribution found for ([^\s(]+)/;

/**
 * One sentence for a failed installation.
 * @param title What was being installed, for example `the local cloud's Python packages`.
 * @param output Everything that venv or pip printed.
 * @param logFile Where that output is kept.
 */
export function explainPipFailure(title: string, output: string, logFile: string): LocalCloudError {
  const details = `The whole output is in ${logFile}.`;
  const say = (code: LocalCloudError['code'], reason: string) =>
    new LocalCloudError(code, `Could not install ${title}: ${reason} ${details}`);

  // A full disk also breaks downloads, so it comes first.
  if (diskFull.test(output))
    return say('DISK_FULL', 'the disk is full; make room and run the command again.');
  if (tampered.test(output)) {
    return say(
      'PACKAGES_TAMPERED',
      'a downloaded package differs from the pinned one; check the index or cache that pip uses.',
    );
  }
  if (unreachable.test(output) || /from versions: none/.test(output)) {
    return say(
      'PACKAGES_UNREACHABLE',
      'the Python package index is out of reach; check the network or proxy (pip takes its own settings from the environment) and run the command again.',
    );
  }
  const absent = missing.exec(output)?.[1];
  if (absent !== undefined) {
    return say(
      'PACKAGES_MISSING',
      `the package index that pip uses does not have ${absent} for this Python; use a complete index or another Python (environment variable PYTHON).`,
    );
  }
  const lastLine = output.trim().split('\n').at(-1)?.trim() ?? '';
  return say(
    'PACKAGES_NOT_INSTALLED',
    `${lastLine || 'the installation was ended from outside'}; run the command again.`,
  );
}
