import { type SyntheticEvent, useState } from 'react';

/** A product's picture. It is decoration beside the product's name, so it has no text of its own. */
export function Picture({ src, size, eager = false }: { src: string; size: number; eager?: boolean }) {
  const [missing, setMissing] = useState(false);
  const onError = (_: SyntheticEvent) => setMissing(true);
  if (missing) return <span className="picture picture-missing" aria-hidden="true" />;
  return (
    <img
      className="picture"
      src={src}
      alt=""
      width={size}
      height={size}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
      onError={onError}
    />
  );
}
