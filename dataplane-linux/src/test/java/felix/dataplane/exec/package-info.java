@NullMarked
package felix.dataplane.exec;

import org.jspecify.annotations.NullMarked;
