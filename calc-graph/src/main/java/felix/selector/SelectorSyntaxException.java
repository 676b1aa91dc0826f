package felix.selector;

import felix.model.Shown;

/** A text that is no selector, with the place where it stops being one. */
public final class SelectorSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int position;

  SelectorSyntaxException(String text, int position, String problem) {
    super("bad selector '" + Shown.of(text) + "' at character " + (position + 1) + ": " + problem);
    this.position = position;
  }

  /** The offset into the text, from 0; its length if the text ends too early. */
  public int position() {
    return position;
  }
}
