/** Kernel settings of single interfaces. */
@NullMarked
package felix.dataplane.sysctl;

import org.jspecify.annotations.NullMarked;
