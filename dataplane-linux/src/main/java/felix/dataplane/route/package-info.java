/** Routes: who wants which, and bringing the kernel's table to that. */
@NullMarked
package felix.dataplane.route;

import org.jspecify.annotations.NullMarked;
