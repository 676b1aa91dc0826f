package felix.model;

import java.util.regex.Pattern;

/**
 * Matching with users' regular expressions, which can take time that doubles with each character
 * ({@code (a?){40}b}): after some steps there is no match. Felix's expressions know no such cases.
 */
public final class BoundedMatch {
  /** For names of a kernel or of source files some hundred are many. */
  private static final int MOST_STEPS = 50_000;

  private BoundedMatch() {}

  /** Whether a part of a short text matches. */
  public static boolean isFound(Pattern pattern, String text) {
    try {
      return pattern.matcher(new Counted(text)).find();
    } catch (TooManyStepsException e) {
      return false;
    }
  }

  /** Ends a match. */
  private static final class TooManyStepsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyStepsException() {
      super("", null, false, false);
    }
  }

  /** A text that can be looked at only so often. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int steps;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new TooManyStepsException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
