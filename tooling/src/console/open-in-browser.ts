import { spawn } from 'node:child_process';

const opener: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Hands the address to the desktop; where there is none, the address on the terminal has to do. */
export function openInBrowser(url: string): void {
  const [command, ...args] = opener[process.platform] ?? ['xdg-open'];
  spawn(command, [...args, url], { detached: true, stdio: 'ignore' })
    .on('error', () => console.error(`No browser could be opened here: open ${url} yourself.`))
    .unref();
}
