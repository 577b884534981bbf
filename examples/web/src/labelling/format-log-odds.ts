/** A weight as people read it, `+2.1` or `−0.4`: with a sign, and a real minus. */
export function formatLogOdds(logOdds: number): string {
  const text = Math.abs(logOdds).toFixed(1);
  if (text === '0.0') return '0.0';
  return `${logOdds < 0 ? '−' : '+'}${text}`;
}
