/** Running programs: the only place that starts a process. */
@NullMarked
package felix.dataplane.exec;

import org.jspecify.annotations.NullMarked;
