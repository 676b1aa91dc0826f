/** From deltas to what the kernel should hold. Managers are cheap and never look at the kernel. */
@NullMarked
package felix.dataplane.manager;

import org.jspecify.annotations.NullMarked;
