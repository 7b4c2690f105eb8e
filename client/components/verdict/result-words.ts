/**
 * Under which key the words of an item's result stand: a verification of claims records objections and is no vote
 * (企业破产法 art. 58), so nothing of it is told as one.
 */
export function resultWords({ ruleId }: { readonly ruleId: string }): 'verdict' | 'claims.verdict' {
  return ruleId === 'VERIFY_58' ? 'claims.verdict' : 'verdict';
}
