/** What becomes of the host's interfaces: watching them, and remembering them. */
@NullMarked
package felix.dataplane.monitor;

import org.jspecify.annotations.NullMarked;
