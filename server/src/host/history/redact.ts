/** A connection URL that may be shown: user and place, never a password or a parameter that could hold one. */
export function displayUrl(url: string): string {
  return url
    .replace(/^jdbc:/, '')
    .replace(/:\/\/([^/@:]*)(?::[^/@]*)?@/, (_, user: string) => `://${user}@`)
    .replace(/\?.*$/, '');
}

/** Takes every known secret out of a message of a driver, and whatever looks like one. */
export function redact(message: string, secrets: readonly string[]): string {
  let clean = message;
  for (const secret of secrets) if (secret.length > 2) clean = clean.replaceAll(secret, '***');
  return clean.replace(/(:\/\/[^/\s:@]*):[^@\s]*@/g, '$1:***@').replace(/(password|pwd)=[^&;\s]+/gi, '$1=***');
}
