@NullMarked
package felix.dataplane.manager;

import org.jspecify.annotations.NullMarked;
