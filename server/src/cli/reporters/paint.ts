const codes = { red: 31, yellow: 33, blue: 34, green: 32, dim: 2, bold: 1 } as const;

export function paint(words: string, tone: keyof typeof codes, color: boolean): string {
  return color ? `\u001b[${codes[tone]}m${words}\u001b[0m` : words;
}
