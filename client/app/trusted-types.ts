/**
 * The content policy lets no text become markup or script (`require-trusted-types-for`): a script could use a
 * key that it cannot read. The component library writes its style rules by `innerHTML`; rules hold no `<`, and
 * what holds none is no markup. Everything else is refused, scripts and their addresses always.
 */
interface PolicyFactory {
  createPolicy(name: 'default', rules: { createHTML(text: string): string | null }): unknown;
}

export function installTrustedTypes(): void {
  const { trustedTypes } = window as { readonly trustedTypes?: PolicyFactory };
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) });
}
