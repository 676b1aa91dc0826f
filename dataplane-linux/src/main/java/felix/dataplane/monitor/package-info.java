/** What becomes of the host's interfaces. */
@NullMarked
package felix.dataplane.monitor;

import org.jspecify.annotations.NullMarked;
