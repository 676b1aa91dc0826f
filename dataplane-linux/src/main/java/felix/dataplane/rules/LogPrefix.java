package felix.dataplane.rules;

/**
 * What lines of the kernel's log begin with. Made safe: iptables-restore reads a quotation mark as
 * the end of the text and then refuses the whole table, and the kernel takes 29 characters
 * (xt_LOG), two of which are the ": " behind the prefix.
 */
public record LogPrefix(String text) {
  private static final int MAX_LENGTH = 27;

  public LogPrefix {
    text = SafeText.clean(text, MAX_LENGTH);
  }
}
