export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const orDash = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '-' : seconds(milliseconds);
