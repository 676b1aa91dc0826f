package felix.dataplane.reconcile;

/** The kernel, or a program that speaks to it, refused an operation. */
public final class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what was refused.
   *
   * @param operation what was tried, with the object's name
   * @param detail the kernel's own words
   */
  public KernelException(String operation, String detail) {
    super(operation + ": " + detail);
  }
}
