/** What texts were read as, as long as somebody has it: one text is one tree. */
export class ByText<Value extends object> {
  private readonly values = new Map<string, WeakRef<Value>>();
  private tidyAt = 1024;

  get(text: string): Value | undefined {
    return this.values.get(text)?.deref();
  }

  /** @param text is kept: of a part of a longer one its own copy */
  set(text: string, value: Value): void {
    this.values.set(text, new WeakRef(value));
    if (this.values.size >= this.tidyAt) this.tidy();
  }

  private tidy(): void {
    for (const [text, value] of this.values) if (value.deref() === undefined) this.values.delete(text);
    this.tidyAt = Math.max(1024, this.values.size * 2);
  }
}
