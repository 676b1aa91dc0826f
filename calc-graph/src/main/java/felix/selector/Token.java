package felix.selector;

/**
 * A word of a selector.
 *
 * @param text a label's name or a string's content; else empty
 * @param position where it begins in the input, from 0
 */
record Token(Kind kind, String text, int position) {
  enum Kind {
    LABEL,
    STRING,
    HAS,
    ALL,
    GLOBAL,
    EQUAL,
    NOT_EQUAL,
    IN,
    NOT_IN,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH,
    NOT,
    AND,
    OR,
    OPEN,
    CLOSE,
    OPEN_SET,
    CLOSE_SET,
    COMMA,
    END
  }
}
