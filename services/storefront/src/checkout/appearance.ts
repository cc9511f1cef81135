/** The shop's tokens in the words of Stripe's Appearance API, so that the foreign form looks at home. */
export function appearance(root: Element = document.documentElement) {
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    theme: 'stripe',
    variables: {
      colorPrimary: token('--sea'),
      colorBackground: token('--paper'),
      colorText: token('--ink'),
      colorTextSecondary: token('--ink-soft'),
      colorDanger: token('--oxide'),
      fontFamily: token('--font-text'),
      borderRadius: token('--radius'),
      fontSizeBase: '16px',
    },
  } as const;
}
