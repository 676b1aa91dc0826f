@NullMarked
package felix.dataplane.attached;

import org.jspecify.annotations.NullMarked;
