@NullMarked
package felix.dataplane;

import org.jspecify.annotations.NullMarked;
