/** What the dataplane says of endpoints, once the kernel holds what they need. */
@NullMarked
package felix.dataplane.status;

import org.jspecify.annotations.NullMarked;
